import { isCandidate } from '../contracts/candidates.ts'
import type { Checks, Correction } from '../contracts/correction.ts'
import { LeapError } from '../contracts/error.ts'
import type { Trajectory } from '../contracts/trajectory.ts'
import type { CheckPolicies, DropCause } from './check-policies.ts'
import { findLeaks } from './find-leaks.ts'
import { findPrivilegePhrases } from './privilege-phrases.ts'

/**
 * Checks one well-formed correction of an existing step. `isCorrected` is set to whether anything was changed, whatever the teacher claims.
 * A reason that was left as it was is not searched for leaks: the student wrote it without privilege. A correction that fails several
 * checks is dropped for the first of: unavailable, leak, mention.
 * Throws a LeapError `PRIVILEGE_MISSING`; see {@link checkCorrections}.
 */
export function checkStep(
  trajectory: Trajectory,
  correction: Correction,
  { available, leak, mention }: CheckPolicies,
): Correction {
  const step = trajectory.steps[correction.step]!
  const isCorrected = correction.reason !== step.reason || correction.action !== step.action
  const checks: Checks = { available: step.candidates === undefined || isCandidate(correction.action, step.candidates) }
  const isOwnReason = correction.reason === step.reason
  if (leak !== 'off') {
    if (step.privileged === undefined) throw missing(trajectory, correction.step)
    const { leaks, hints } = isOwnReason
      ? { leaks: [], hints: [] }
      : findLeaks(trajectory, correction.step, correction.reason, step.privileged.secrets)
    checks.leaks = leaks
    if (hints.length > 0) checks.hints = hints
  }
  if (mention !== 'off') checks.mentions = isOwnReason ? [] : findPrivilegePhrases(correction.reason)
  const faults: [boolean, DropCause][] = [
    [available === 'drop' && !checks.available, 'unavailable'],
    [leak === 'drop' && (checks.leaks?.length ?? 0) > 0, 'leak'],
    [mention === 'drop' && (checks.mentions?.length ?? 0) > 0, 'mention'],
  ]
  const cause = faults.find(([failed]) => failed)?.[1]
  return { ...correction, isCorrected, checks, ...(cause === undefined ? {} : { dropped: cause }) }
}

function missing({ id }: Trajectory, step: number): LeapError {
  return new LeapError({
    code: 'PRIVILEGE_MISSING',
    message: `Trajectory ${id}, step ${step}: expected a privileged state to check the correction against, found none.`,
    remedy: 'Roll out with recordPrivilege, or turn the leak check off knowingly.',
  })
}
