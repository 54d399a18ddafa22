import type { SftExample } from '../contracts/example.ts'
import type { Trajectory } from '../contracts/trajectory.ts'
import { type PromptInput, renderCompact, renderCompletion } from '../policies/prompts/compact.ts'

/** How prompts and completions are written; training and roll-outs must share one. */
export interface Renderer {
  prompt(input: PromptInput): string
  completion(answer: { reason: string; action: string }): string
}

export const compactRenderer: Renderer = { prompt: renderCompact, completion: renderCompletion }

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
  const content = renderer.prompt({
    instruction: trajectory.instruction,
    history: trajectory.steps.slice(0, step),
    observation,
    ...(candidates ? { candidates } : {}),
  })
  return {
    trajectoryId: trajectory.id,
    step,
    ...origin,
    prompt: [{ role: 'user', content }],
    completion: renderer.completion(answer),
  }
}
