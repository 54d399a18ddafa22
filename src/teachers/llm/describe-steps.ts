import { LeapError } from '../../contracts/error.ts'
import type { Trajectory } from '../../contracts/trajectory.ts'

/** One turn as a teacher reads it (paper E.1.1, with the hidden state of every turn and not only of the first). */
export interface DescribedStep {
  timestep: number
  observation: string
  candidate_actions?: string[]
  reason: string
  action: string
  /** `unchanged`: that of the turn before. */
  privileged_state?: string
}

/**
 * The turns `from` up to, not including, `to`. Throws a LeapError `PRIVILEGE_MISSING` naming the step if states are to be shown and one is not there: a teacher
 * that silently gets none gives worse advice for the same money.
 */
export function describeSteps(
  { id, steps }: Trajectory,
  { from, to, privileged }: { from: number; to: number; privileged: boolean },
): DescribedStep[] {
  let before: string | undefined
  return steps.slice(from, to).map((step, offset) => {
    const state = privileged ? stateOf(step.privileged?.text, `${id}, step ${from + offset}`) : undefined
    const shown = state !== undefined && state === before ? 'unchanged' : state
    before = state
    return {
      timestep: from + offset,
      observation: step.observation,
      ...(step.candidates === undefined ? {} : { candidate_actions: step.candidates }),
      reason: step.reason,
      action: step.action,
      ...(shown === undefined ? {} : { privileged_state: shown }),
    }
  })
}

/** The hidden state of a step in words. Throws a LeapError `PRIVILEGE_MISSING`. */
export function stateOf(text: string | undefined, where: string): string {
  if (text !== undefined) return text
  throw new LeapError({
    code: 'PRIVILEGE_MISSING',
    message: `${where}: the teacher needs the hidden state, found none`,
    remedy: 'Record privileged states during the roll-outs (recordPrivilege), or set teacher.privilege to none.',
  })
}

/** What happened before a window, without what only the corrected turns need. */
export function describePast({ steps }: Trajectory, to: number): { observation: string; action: string }[] {
  return steps.slice(0, to).map(({ observation, action }) => ({ observation, action }))
}
