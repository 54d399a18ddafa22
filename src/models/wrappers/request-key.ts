import type { GenerateRequest } from '../../contracts/model.ts'
import { canonicalJson } from '../../support/canonical-json.ts'
import { hashText } from '../../support/hash.ts'

/**
 * What makes two requests the same: the model, the messages and everything that shapes the answer. The seed tells sampled calls apart and does
 * not count at temperature 0. Session, signal and `onText` do not shape the answer. `identity` tells models of one name apart (the hash of a
 * checkpoint's weights).
 */
export function requestKey(model: string, request: GenerateRequest, identity = ''): string {
  const { messages, temperature, topP, maxTokens, stop, seed, choice, logprobs, schema } = request
  const shaping = {
    messages: messages.map(({ role, content }) => [role, content]),
    temperature,
    maxTokens,
    ...(temperature > 0 ? { seed } : {}),
    ...(topP === undefined || topP >= 1 ? {} : { topP }),
    ...(stop?.length ? { stop } : {}),
    ...(choice ? { choice: { after: choice.after, options: choice.options, ...openOf(choice) } } : {}),
    ...(logprobs ? { logprobs } : {}),
    ...(schema ? { schema } : {}),
  }
  return hashText([model, identity, canonicalJson(shaping)], 32)
}

/** Left out where there is none, so that answers of such requests are found in older journals too. */
const openOf = ({ open }: NonNullable<GenerateRequest['choice']>) => (open?.length ? { open } : {})
