import type { SftExample } from '../contracts/example.ts'
import type { Trajectory } from '../contracts/trajectory.ts'
import { type Renderer, stepExample } from './step-example.ts'

/** D as rows: every step of every demonstration that may be trained on, reasons included. */
export function demonstrationExamples(
  demonstrations: readonly Trajectory[],
  renderer: Renderer,
  kind?: (trajectory: Trajectory, step: number) => string,
): SftExample[] {
  return demonstrations.flatMap((trajectory) =>
    trajectory.steps.flatMap((step, index) => {
      if (step.untrained) return []
      const origin = {
        source: 'demonstration' as const,
        iteration: 0,
        ...(kind ? { kind: kind(trajectory, index) } : {}),
      }
      return stepExample(trajectory, index, step, origin, renderer)
    }),
  )
}
