import type { Domain } from '../../contracts/domain.ts'
import { LeapError } from '../../contracts/error.ts'
import type { ChatModel } from '../../contracts/model.ts'
import type { Policy } from '../../contracts/policy.ts'
import type { Renderer } from '../../contracts/renderer.ts'
import { createStudentPolicy } from '../../policies/student.ts'
import { nearest } from '../text/nearest.ts'
import { findCheckpoint } from './find-checkpoint.ts'

export interface ResolvePolicyOptions {
  domain: Domain
  cwd: string
  /** For checkpoints; scripted policies know no temperature. */
  temperature: number
  /** Let a checkpoint choose among the listed actions only. */
  constrained?: boolean
  /** How a checkpoint's prompts are written. Default: the domain's own. */
  renderer?: Renderer
  openModel?: (checkpoint: string) => Promise<ChatModel>
}

/** A policy that was named on the command line, and how to let go of what it holds. */
export interface ResolvedPolicy {
  policy: Policy
  close(): Promise<void>
}

/**
 * The policy of a name: one of the domain's scripted ones, or a checkpoint folder. Throws a LeapError `POLICY_UNKNOWN` that lists what
 * there is, or `CHECKPOINT_INVALID`.
 */
export async function resolvePolicy(
  named: string,
  {
    domain,
    cwd,
    temperature,
    constrained = true,
    renderer = domain.renderer,
    openModel = openLocalModel,
  }: ResolvePolicyOptions,
): Promise<ResolvedPolicy> {
  const scripted = scriptedPolicies(domain)
  const policy = scripted.get(named)
  if (policy !== undefined) return { policy, close: async () => {} }
  const checkpoint = await findCheckpoint(cwd, named)
  if (checkpoint === undefined) throw unknown(named, [...scripted.keys()])
  const model = await openModel(checkpoint)
  return {
    policy: createStudentPolicy({
      ...{ name: named, model, temperature, constrained },
      ...(renderer ? { renderer } : {}),
    }),
    close: async () => model.close?.(),
  }
}

/** The domain's agents without a network, by name; also the teacher acting by itself, at each level of privilege. */
function scriptedPolicies(domain: Domain): Map<string, Policy> {
  const policies = new Map<string, Policy>()
  for (const policy of domain.baselines?.() ?? []) policies.set(policy.name, policy)
  for (const level of [1, 2, 3, 4, 5] as const) {
    const teacher = domain.teacherPolicy?.({ level, lambda: 1 })
    if (teacher !== undefined) policies.set(teacher.name, teacher)
  }
  return policies
}

async function openLocalModel(checkpoint: string): Promise<ChatModel> {
  const { createLocalModel } = await import('../../models/local/local-model.ts')
  return createLocalModel({ checkpoint })
}

function unknown(named: string, names: readonly string[]): LeapError {
  const meant = nearest(named, names)
  return new LeapError({
    code: 'POLICY_UNKNOWN',
    message:
      names.length === 0
        ? `Expected a checkpoint folder, as this environment has no scripted agents; found "${named}", which is none.`
        : `Expected a policy (${names.join(', ')}) or a checkpoint folder, found "${named}", which is neither.`,
    remedy:
      meant === undefined ? 'A checkpoint of a run lies in <run>/checkpoints/<policy>.' : `Did you mean ${meant}?`,
  })
}
