import { LeapError } from '../contracts/error.ts'
import type { JournalEvent, RecordFileEntry } from './journal.ts'

/** JSON values that determine what a phase produces, by name. */
export type PhaseInputs = Readonly<Record<string, unknown>>

/** Which phases of a run are finished, from its journal and from what this process does. */
export interface PhaseBook {
  /** Files of finished phases. */
  readonly files: readonly RecordFileEntry[]
  /**
   * Begins a phase, or returns its result if it is finished. Throws a LeapError `RUN_PHASE_INPUTS_CHANGED` if it was begun or finished
   * with other inputs, `RUN_PHASE_TWICE` if it is at work already.
   */
  start(name: string, inputs: Record<string, string>): { result: unknown } | undefined
  finish(name: string, result: unknown): void
  /** The phase is no longer at work, finished or not. */
  leave(name: string): void
}

export function createPhaseBook(past: readonly JournalEvent[]): PhaseBook {
  const known = new Map<string, Record<string, string>>()
  const finished = new Map<string, { result: unknown }>()
  const working = new Set<string>()
  const files: RecordFileEntry[] = []
  for (const event of past) {
    if (event.event === 'phase-started') known.set(event.phase, event.inputs)
    if (event.event === 'phase-finished') {
      finished.set(event.phase, { result: event.result })
      files.push(...event.files)
    }
  }
  return {
    files,
    start(name, inputs) {
      if (working.has(name)) {
        throw new LeapError({ code: 'RUN_PHASE_TWICE', message: `Phase ${name} is at work already.` })
      }
      const before = known.get(name)
      const differing = before && [...new Set([...Object.keys(before), ...Object.keys(inputs)])]
      const changed = differing?.find((key) => before?.[key] !== inputs[key])
      if (changed !== undefined) {
        const state = finished.has(name) ? 'finished' : 'begun'
        throw new LeapError({
          code: 'RUN_PHASE_INPUTS_CHANGED',
          message: `Phase ${name} was ${state} with another "${changed}" (${before?.[changed] ?? 'absent'}, now ${inputs[changed] ?? 'absent'}).`,
          remedy: 'Something upstream changed since. Undo the change, or start a new run in another folder.',
        })
      }
      const result = finished.get(name)
      if (result !== undefined) return result
      known.set(name, inputs)
      working.add(name)
      return undefined
    },
    finish: (name, result) => void finished.set(name, { result }),
    leave: (name) => void working.delete(name),
  }
}
