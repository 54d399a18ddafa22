import type { Correction } from '../contracts/correction.ts'
import { LeapError } from '../contracts/error.ts'
import type { DatasetExample } from '../contracts/example.ts'
import type { Trajectory } from '../contracts/trajectory.ts'
import { hashText } from '../support/hash.ts'
import { privilegedPrompt } from './privileged-prompt.ts'
import { type Renderer, stepExample } from './step-example.ts'

/**
 * D_i as rows: one per correction that was kept, with the student's own answer beside it where the student acted itself. `withPrivilege` adds the
 * prompt of a teacher that sees the hidden state. Throws `TRAJECTORY_MISSING` if a correction names a trajectory that is not given, and `PROMPT_DIFFERS` if a row's prompt
 * is not the one that the student was given in the roll-out: it would be trained on states that it never meets.
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
      if (step.promptHash !== undefined && !step.byTeacher) provePrompt(row, step.promptHash)
      return {
        ...row,
        ...(step.byTeacher
          ? {}
          : { rejected: stepExample(trajectory, correction.step, step, origin, renderer).completion }),
        ...(withPrivilege ? { privilegedPrompt: privilegedPrompt(trajectory, correction.step, renderer) } : {}),
      }
    })
}

function provePrompt({ prompt, trajectoryId, step }: DatasetExample, played: string): void {
  const rendered = hashText(prompt.map(({ content }) => content))
  if (rendered === played) return
  throw new LeapError({
    code: 'PROMPT_DIFFERS',
    message: `${trajectoryId}, step ${step}: expected the prompt of the roll-out (${played}), found that training would use another one (${rendered})`,
    remedy: 'The renderer or its template changed since the roll-out. Undo the change, or start a new run.',
  })
}
