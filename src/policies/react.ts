import type { ChatModel } from '../contracts/model.ts'
import type { Policy } from '../contracts/policy.ts'
import { hashText } from '../support/hash.ts'
import { matchCandidate } from './match-candidate.ts'
import { createChatRenderer } from './prompts/chat.ts'
import type { Prompts } from './prompts/open-prompts.ts'

export interface ReactOptions {
  /** As tables name it, for example `react openai:gpt-4o`. */
  name: string
  model: ChatModel
  prompts: Prompts
  /** Default 0.3, as the paper. */
  temperature?: number
  /** Of thought and command together. Default 400. */
  maxTokens?: number
}

/**
 * A prompted model without training (ReAct, Yao et al. 2022, with the instruction prompt of LEAP's table 1): it sees its own earlier thoughts, thinks, and acts.
 * An answer without an action is an empty action, which no environment accepts: the turn is lost, as it is for a student.
 */
export function createReactPolicy({ name, model, prompts, temperature = 0.3, maxTokens = 400 }: ReactOptions): Policy {
  const renderer = createChatRenderer(prompts.get('react'), { withReasons: true, maxTokens })
  return {
    name,
    async act(request) {
      const prompt = renderer.prompt(request)
      const choice = renderer.choice!(request)
      const result = await model.generate({
        messages: [{ role: 'user', content: prompt }],
        temperature,
        maxTokens,
        seed: request.seed,
        session: request.session,
        ...(choice ? { choice } : {}),
        ...(request.signal ? { signal: request.signal } : {}),
      })
      const { reason, action } = renderer.parse!(result.text, request)
      return {
        reason,
        action: matchCandidate(action, request.candidates),
        promptHash: hashText([prompt]),
        tokens: result.tokens,
      }
    },
    forget: (session) => model.forget?.(session),
  }
}
