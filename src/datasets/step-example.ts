import type { SftExample } from '../contracts/example.ts'
import type { Renderer } from '../contracts/renderer.ts'
import type { Trajectory } from '../contracts/trajectory.ts'

export type { Renderer } from '../contracts/renderer.ts'
export { compactRenderer } from '../policies/prompts/compact.ts'

/**
 * The training row of one step: the prompt as the student saw it (history = the ORIGINAL observations and actions, as LEAP's released code),
 * the completion as it should have been.
 */
export function stepExample(
  trajectory: Trajectory,
  step: number,
  answer: { reason: string; action: string },
  origin: { source: SftExample['source']; iteration: number; kind?: string },
  renderer: Renderer,
): SftExample {
  const { observation, candidates } = trajectory.steps[step]!
  const input = {
    instruction: trajectory.instruction,
    history: trajectory.steps.slice(0, step),
    observation,
    ...(candidates ? { candidates } : {}),
  }
  return {
    trajectoryId: trajectory.id,
    step,
    ...origin,
    prompt: [{ role: 'user', content: renderer.prompt(input) }],
    completion: renderer.completion(answer, input),
  }
}
