import type { Correction } from '../contracts/correction.ts'
import { LeapError } from '../contracts/error.ts'
import type { DatasetExample } from '../contracts/example.ts'
import type { Trajectory } from '../contracts/trajectory.ts'
import { privilegedPrompt } from './privileged-prompt.ts'
import { type Renderer, stepExample } from './step-example.ts'

/**
 * D_i as rows: one per correction that was kept, with the student's own answer beside it where the student acted itself. `withPrivilege` adds the
 * prompt of a teacher that sees the hidden state. Throws `TRAJECTORY_MISSING` if a correction names a trajectory that is not given.
 */
export function correctionExamples({
  trajectories,
  corrections,
  iteration,
  renderer,
  withPrivilege = false,
}: {
  trajectories: readonly Trajectory[]
  corrections: readonly Correction[]
  iteration: number
  renderer: Renderer
  withPrivilege?: boolean
}): DatasetExample[] {
  const byId = new Map(trajectories.map((trajectory) => [trajectory.id, trajectory]))
  return corrections
    .filter((correction) => correction.dropped === undefined)
    .map((correction) => {
      const trajectory = byId.get(correction.trajectoryId)
      const step = trajectory?.steps[correction.step]
      if (!trajectory || !step)
        throw new LeapError({
          code: 'TRAJECTORY_MISSING',
          message: `a correction refers to step ${correction.step} of trajectory ${correction.trajectoryId}, which is not among the ${byId.size} given`,
          remedy: 'Corrections and trajectories must come from the same iteration of the same run.',
        })
      const origin = { source: 'correction' as const, iteration, ...(correction.kind ? { kind: correction.kind } : {}) }
      const row = stepExample(trajectory, correction.step, correction, origin, renderer)
      return {
        ...row,
        ...(step.byTeacher
          ? {}
          : { rejected: stepExample(trajectory, correction.step, step, origin, renderer).completion }),
        ...(withPrivilege ? { privilegedPrompt: privilegedPrompt(trajectory, correction.step, renderer) } : {}),
      }
    })
}
