import type { ChatModel } from '../contracts/model.ts'
import type { Policy } from '../contracts/policy.ts'
import { hashText } from '../support/hash.ts'
import { parseAnswer } from './parse-answer.ts'
import { actionMarker, renderCompact } from './prompts/compact.ts'

export interface StudentOptions {
  /** As trajectories and tables name it, for example `pi_1`. */
  name: string
  model: ChatModel
  /** 0 = greedy. */
  temperature: number
  /** Of reason and action together. Default 48. */
  maxTokens?: number
  /** Restrict the action to the candidates (never the choice among them). Default true; false shows what the model writes unaided. */
  constrained?: boolean
}

/** A language model as a policy: render the prompt, generate reason and action, parse. No rule chooses its actions. */
export function createStudentPolicy({
  name,
  model,
  temperature,
  maxTokens = 48,
  constrained = true,
}: StudentOptions): Policy {
  return {
    name,
    async act(request) {
      const prompt = renderCompact(request)
      const { candidates } = request
      const result = await model.generate({
        messages: [{ role: 'user', content: prompt }],
        temperature,
        maxTokens,
        stop: ['\n'],
        seed: request.seed,
        session: request.session,
        ...(constrained && candidates?.length ? { choice: { after: actionMarker, options: candidates } } : {}),
        ...(request.signal ? { signal: request.signal } : {}),
      })
      return { ...parseAnswer(result.text), promptHash: hashText([prompt]), tokens: result.tokens }
    },
    forget: (session) => model.forget?.(session),
  }
}
