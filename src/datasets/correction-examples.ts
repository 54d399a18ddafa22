import type { Correction } from '../contracts/correction.ts'
import { LeapError } from '../contracts/error.ts'
import type { SftExample } from '../contracts/example.ts'
import type { Trajectory } from '../contracts/trajectory.ts'
import { type Renderer, stepExample } from './step-example.ts'

/** D_i as rows: one per correction that was kept. Throws `TRAJECTORY_MISSING` if a correction names a trajectory that is not given. */
export function correctionExamples({
  trajectories,
  corrections,
  iteration,
  renderer,
}: {
  trajectories: readonly Trajectory[]
  corrections: readonly Correction[]
  iteration: number
  renderer: Renderer
}): SftExample[] {
  const byId = new Map(trajectories.map((trajectory) => [trajectory.id, trajectory]))
  return corrections
    .filter((correction) => correction.dropped === undefined)
    .map((correction) => {
      const trajectory = byId.get(correction.trajectoryId)
      if (!trajectory?.steps[correction.step])
        throw new LeapError({
          code: 'TRAJECTORY_MISSING',
          message: `a correction refers to step ${correction.step} of trajectory ${correction.trajectoryId}, which is not among the ${byId.size} given`,
          remedy: 'Corrections and trajectories must come from the same iteration of the same run.',
        })
      const origin = { source: 'correction' as const, iteration, ...(correction.kind ? { kind: correction.kind } : {}) }
      return stepExample(trajectory, correction.step, correction, origin, renderer)
    })
}
