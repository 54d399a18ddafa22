import type { Clock } from '../../support/clock.ts'
import type { TextOutput } from '../context.ts'
import type { Style } from '../text/style.ts'
import type { PhaseState } from './phase-state.ts'
import type { ProgressDisplay } from './progress.ts'
import { renderLine } from './render-phase.ts'

/** For logs and pipes: a line when a phase starts, one every so often, one when it ends. */
export function createLineDisplay({
  stream,
  clock,
  style,
  every,
}: {
  stream: TextOutput
  clock: Clock
  style: Style
  /** Least milliseconds between two lines of one phase. */
  every: number
}): ProgressDisplay {
  const printedAt = new Map<PhaseState, number>()
  const write = (line: string) => stream.write(`${line}\n`)
  return {
    started: (phase) => {
      printedAt.set(phase, clock.elapsed())
      const known = phase.total === undefined ? '' : `  ${phase.count}/${phase.total}${phase.unit && ` ${phase.unit}`}`
      write(`${path(phase)} ...${known}`)
    },
    changed: (phase) => {
      const moment = clock.elapsed()
      if (moment - (printedAt.get(phase) ?? 0) < every) return
      printedAt.set(phase, moment)
      write(renderLine(phase, moment, style))
    },
    ended: (phase) => {
      printedAt.delete(phase)
      write(renderLine(phase, clock.elapsed(), style))
    },
    print: write,
    // A log needs no line that says nothing new.
    tick: () => {},
    close: () => {},
  }
}

function path(phase: PhaseState): string {
  return phase.parent === undefined ? phase.name : `${path(phase.parent)} > ${phase.name}`
}
