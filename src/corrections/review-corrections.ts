import type { Correction } from '../contracts/correction.ts'
import type { Teacher } from '../contracts/teacher.ts'
import type { Trajectory } from '../contracts/trajectory.ts'
import { checkCorrections } from './check-corrections.ts'
import { type CheckCause, type CheckPolicies, defaultCheckPolicies, policyOfCause } from './check-policies.ts'
import { describeFinding } from './describe-finding.ts'

/** Checks that need a model. */
export interface Reviewers {
  /** Mean negative log-probability of the correction per token under the student, given the student's own history; nats. */
  surprise?(trajectory: Trajectory, correction: Correction, signal?: AbortSignal): Promise<number>
  /** The verdict of somebody who sees only what the student saw. `justified` is undefined where the verdict could not be read. */
  judge?(
    trajectory: Trajectory,
    correction: Correction,
    options: { seed: number; signal?: AbortSignal },
  ): Promise<{ justified?: boolean; because: string }>
}

export interface ReviewOptions {
  policies?: Partial<CheckPolicies>
  reviewers?: Reviewers
  /** Asked to rewrite, where a policy says so. */
  teacher: Pick<Teacher, 'rewrite'>
  seed: number
  signal?: AbortSignal
}

/**
 * All checks on what a teacher answered for a trajectory: first those that cost nothing, then surprise and the blind judge on what is still kept and changes the
 * step, then one rewrite of what a policy sends back, which is checked as the first version was. As many corrections come out as went in.
 * Throws what {@link checkCorrections}, the teacher and the models throw.
 */
export async function reviewCorrections(
  trajectory: Trajectory,
  received: readonly unknown[],
  options: ReviewOptions,
): Promise<Correction[]> {
  const policies = { ...defaultCheckPolicies, ...options.policies }
  const checked = await examine(trajectory, received, policies, options)
  const sentBack = checked.filter((correction) => isSentBack(correction, policies))
  if (sentBack.length === 0 || !options.teacher.rewrite) return checked
  const requests = sentBack.map((correction) => ({
    correction: withoutVerdict(correction),
    finding: describeFinding(correction, policies),
  }))
  const { seed, signal } = options
  const answers = await options.teacher.rewrite(trajectory, requests, { seed, ...(signal ? { signal } : {}) })
  const second = await examine(trajectory, answers, { ...policies, coverage: 'subset' }, options)
  const better = new Map(second.map((correction) => [correction.step, correction]))
  return checked.map((correction) => {
    if (!sentBack.includes(correction)) return correction
    const { reason, action, dropped } = correction
    const rewritten = { cause: dropped!, reason, action }
    const answer = better.get(correction.step)
    return answer ? { ...kindOf(correction), ...answer, rewritten } : { ...correction, rewritten }
  })
}

function isSentBack({ dropped }: Correction, policies: CheckPolicies): boolean {
  const policy = policyOfCause[dropped as CheckCause]
  return policy !== undefined && policies[policy] === 'rewrite'
}

function withoutVerdict({ checks: _, dropped: __, ...correction }: Correction): Correction {
  return correction
}

function kindOf({ kind }: Correction): Partial<Correction> {
  return kind === undefined ? {} : { kind }
}

async function examine(
  trajectory: Trajectory,
  received: readonly unknown[],
  policies: CheckPolicies,
  options: ReviewOptions,
): Promise<Correction[]> {
  const { corrections } = checkCorrections(trajectory, received, rewriteAsDrop(policies))
  const examined: Correction[] = []
  for (const correction of corrections) examined.push(await consult(trajectory, correction, policies, options))
  return examined
}

/** Asks the models about one correction. What is dropped already, or leaves the step as it was, is not worth a call. */
async function consult(
  trajectory: Trajectory,
  correction: Correction,
  { surprise, surpriseLimit, judge }: CheckPolicies,
  { reviewers = {}, seed, signal }: ReviewOptions,
): Promise<Correction> {
  if (correction.dropped !== undefined || !correction.isCorrected) return correction
  const checks = { ...correction.checks! }
  const result: Correction = { ...correction, checks }
  if (surprise !== 'off' && reviewers.surprise) {
    // Rounded, so that a last bit of difference between machines does not show.
    checks.surprise = Math.round(1000 * (await reviewers.surprise(trajectory, correction, signal))) / 1000
    if (checks.surprise > surpriseLimit && surprise !== 'keep') result.dropped = 'surprise' satisfies CheckCause
  }
  if (judge !== 'off' && reviewers.judge && result.dropped === undefined) {
    const { justified, because } = await reviewers.judge(trajectory, correction, {
      seed,
      ...(signal ? { signal } : {}),
    })
    checks.because = because
    if (justified !== undefined) checks.justified = justified
    if (justified === false && judge !== 'keep') result.dropped = 'unjustified' satisfies CheckCause
  }
  return result
}

function rewriteAsDrop(policies: CheckPolicies): CheckPolicies {
  const { available, leak, mention } = policies
  const plain = (policy: CheckPolicies['leak']) => (policy === 'rewrite' ? 'drop' : policy)
  return { ...policies, available: plain(available), leak: plain(leak), mention: plain(mention) }
}
