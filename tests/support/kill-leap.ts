import { type LeapResult, runLeap } from './run-leap.ts'
import { journalEvents } from './tiny-run.ts'

export interface Moment {
  /** Phases at any of which the wait begins: the one that is meant and those behind it. None: it begins with the process. */
  phases: readonly string[]
  /** Seconds of the wait; the end of the phase, or of the start, ends it too. */
  after: number
}

/**
 * Starts or resumes a run and kills the process (SIGKILL) at a moment: some time into a phase, or into its own start. However slow the machine
 * is, or has become, the kill lies between the beginning of the phase and a little after its end.
 */
export async function killLeap(
  argv: readonly string[],
  { cwd, directory, moment }: { cwd: string; directory: string; moment: Moment },
): Promise<LeapResult & { killed: boolean; phase?: string }> {
  const before = journalEvents(directory).length
  let kill: (() => void) | undefined
  let phase: string | undefined
  let begun: number | undefined = moment.phases.length === 0 ? performance.now() : undefined
  const watch = setInterval(() => {
    // A killed process may have left half a line, which the next one cuts off: whole lines only ever become more.
    const events = journalEvents(directory).slice(before)
    if (begun === undefined) {
      phase = events.find(({ event, phase }) => event === 'phase-started' && moment.phases.includes(phase!))?.phase
      if (phase !== undefined) begun = performance.now()
    }
    if (begun === undefined) return
    const isOver = events.some(({ event, phase: name }) =>
      phase === undefined ? event === 'phase-started' : event === 'phase-finished' && name === phase,
    )
    if (isOver || performance.now() - begun >= moment.after * 1000) kill?.()
  }, 4)
  try {
    const result = await runLeap(argv, { cwd, onStart: (child) => (kill = () => child.kill('SIGKILL')) })
    return { ...result, killed: result.signal === 'SIGKILL', ...(phase === undefined ? {} : { phase }) }
  } finally {
    clearInterval(watch)
  }
}
