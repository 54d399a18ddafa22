import { type Correction, correctionSchema } from '../contracts/correction.ts'
import type { Trajectory } from '../contracts/trajectory.ts'
import { type CheckCounts, countChecks } from './check-counts.ts'
import { type CheckPolicies, type DropCause, defaultCheckPolicies } from './check-policies.ts'
import { checkStep } from './check-step.ts'

/**
 * Checks what a teacher answered for a trajectory. Nothing disappears: as many corrections come out as went in, in their order, those that
 * are unfit with the cause in `dropped`. A malformed one is kept as JSON text in its `reason`. A cause that the teacher set itself stays.
 *
 * Throws a LeapError `PRIVILEGE_MISSING` if the leak check is on and a corrected step carries no privileged state: without it every
 * correction would look clean.
 */
export function checkCorrections(
  trajectory: Trajectory,
  received: readonly unknown[],
  policies: Partial<CheckPolicies> = {},
): { corrections: Correction[]; counts: CheckCounts } {
  const policy = { ...defaultCheckPolicies, ...policies }
  const order: Order = { last: -1, seen: new Set() }
  const corrections = received.map((found) => {
    const parsed = correctionSchema.safeParse(found)
    if (!parsed.success) return malformed(trajectory, found)
    const { checks: _, ...correction } = parsed.data
    const dropped = correction.dropped ?? structuralFault(trajectory, correction, order)
    return dropped === undefined ? checkStep(trajectory, correction, policy) : { ...correction, dropped }
  })
  if (policy.coverage === 'every-step' && order.seen.size !== trajectory.steps.length) {
    for (const correction of corrections) correction.dropped ??= 'incomplete' satisfies DropCause
  }
  return { corrections, counts: countChecks(corrections) }
}

interface Order {
  last: number
  seen: Set<number>
}

function structuralFault(
  trajectory: Trajectory,
  { trajectoryId, step, reason, action }: Correction,
  order: Order,
): DropCause | undefined {
  if (trajectoryId !== trajectory.id) return 'wrong-trajectory'
  if (step >= trajectory.steps.length) return 'unknown-step'
  if (order.seen.has(step)) return 'duplicate-step'
  order.seen.add(step)
  if (step < order.last) return 'out-of-order'
  order.last = step
  if (reason.trim() === '') return 'empty-reason'
  return action.trim() === '' ? 'empty-action' : undefined
}

function malformed({ id, steps }: Trajectory, found: unknown): Correction {
  const step = typeof found === 'object' && found !== null && 'step' in found ? found.step : undefined
  const isStep = typeof step === 'number' && Number.isInteger(step) && step >= 0 && step < steps.length
  return {
    trajectoryId: id,
    step: isStep ? step : 0,
    reason: (JSON.stringify(found) ?? String(found)).slice(0, 10_000),
    action: '',
    isCorrected: false,
    dropped: 'malformed' satisfies DropCause,
  }
}
