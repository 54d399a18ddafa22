import { openingOf } from '../contracts/candidates.ts'
import type { ChatModel, GenerateRequest } from '../contracts/model.ts'
import type { Policy, PolicyRequest } from '../contracts/policy.ts'
import type { Renderer } from '../contracts/renderer.ts'
import { hashText } from '../support/hash.ts'
import { parseAnswer } from './parse-answer.ts'
import { actionMarker, compactRenderer } from './prompts/compact.ts'

export interface StudentOptions {
  /** As trajectories and tables name it, for example `pi_1`. */
  name: string
  model: ChatModel
  /** 0 = greedy. */
  temperature: number
  /** Of reason and action together. Default: the renderer's, or 48. */
  maxTokens?: number
  /** Restrict the action to the candidates (never the choice among them). Default true; false shows what the model writes unaided. */
  constrained?: boolean
  /** How prompt and answer are written. Default: {@link compactRenderer}. */
  renderer?: Renderer
}

/** A language model as a policy: render the prompt, generate reason and action, parse. No rule chooses its actions. */
export function createStudentPolicy({
  name,
  model,
  temperature,
  constrained = true,
  renderer = compactRenderer,
  maxTokens = renderer.maxTokens ?? 48,
}: StudentOptions): Policy {
  return {
    name,
    async act(request) {
      const prompt = renderer.prompt(request)
      const choice = constrained ? choiceOf(renderer, request) : undefined
      const result = await model.generate({
        messages: [{ role: 'user', content: prompt }],
        temperature,
        maxTokens,
        stop: renderer.stop ?? ['\n'],
        seed: request.seed,
        session: request.session,
        ...(choice ? { choice } : {}),
        ...(request.signal ? { signal: request.signal } : {}),
      })
      const { reason, action } = renderer.parse?.(result.text, request) ?? parseAnswer(result.text)
      return { reason, action, promptHash: hashText([prompt]), tokens: result.tokens }
    },
    forget: (session) => model.forget?.(session),
  }
}

function choiceOf(renderer: Renderer, request: PolicyRequest): GenerateRequest['choice'] {
  if (renderer.choice) return renderer.choice(request)
  const { candidates = [] } = request
  if (candidates.length === 0) return undefined
  const open = candidates.flatMap((candidate) => openingOf(candidate) ?? [])
  const options = candidates.filter((candidate) => openingOf(candidate) === undefined)
  return { after: actionMarker, options, ...(open.length > 0 ? { open } : {}) }
}
