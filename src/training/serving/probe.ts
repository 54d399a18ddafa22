import { LeapError } from '../../contracts/error.ts'
import type { ChatModel, GenerateResult, Message } from '../../contracts/model.ts'

/** Log-probabilities of two calls may differ by rounding (half precision, other batches); what is due to weights is larger. */
const smallest = 1e-3

/** Used where a checkpoint brings no prompts of its own. */
const generalPrompts: readonly (readonly Message[])[] = [
  [{ role: 'user', content: 'You are in a kitchen. Say what you do next and why.' }],
  [{ role: 'user', content: 'REASON:' }],
]

export interface ProbeResult {
  /** `text`: an answer reads otherwise; `logprobs`: the same words with other probabilities. */
  by: 'text' | 'logprobs'
  /** Largest difference of a token's log-probability, nats, where the server tells them. */
  difference?: number
  /** The same between two calls of the base. */
  noise?: number
}

/**
 * Proves that a served adapter does something: greedy answers to a few prompts, with log-probabilities, from the base (twice, to know its noise) and
 * from the adapter. Throws ADAPTER_NOT_SERVED if they are the same: the field's best-known silent failure.
 */
export async function probeAdapter(
  { base, adapted, name }: { base: ChatModel; adapted: ChatModel; name: string },
  prompts: readonly (readonly Message[])[] = generalPrompts,
  signal?: AbortSignal,
): Promise<ProbeResult> {
  const ask = (model: ChatModel, messages: readonly Message[]) =>
    model.generate({ messages, temperature: 0, maxTokens: 16, seed: 1, logprobs: true, ...(signal ? { signal } : {}) })
  let noise = 0
  let difference: number | undefined
  for (const messages of prompts.length > 0 ? prompts : generalPrompts) {
    const first = await ask(base, messages)
    const answer = await ask(adapted, messages)
    if (answer.text !== first.text) return { by: 'text' }
    const found = distance(first, answer)
    if (found === undefined) continue
    noise = Math.max(noise, distance(first, await ask(base, messages)) ?? 0)
    difference = Math.max(difference ?? 0, found)
    if (difference > Math.max(smallest, 3 * noise)) return { by: 'logprobs', difference, noise }
  }
  throw new LeapError({
    code: 'ADAPTER_NOT_SERVED',
    message: `the answers of ${name} to ${prompts.length || generalPrompts.length} prompts are those of the base${difference === undefined ? '' : ` (log-probabilities differ by at most ${difference.toExponential(1)} nats)`}`,
    remedy:
      'The server lists the adapter without using it (other names inside the file, another base), or the training changed almost nothing (learning rate, number of updates).',
  })
}

/** Largest difference between the log-probabilities of two answers, over the tokens that both have. */
function distance(a: GenerateResult, b: GenerateResult): number | undefined {
  if (!a.logprobs?.length || !b.logprobs?.length) return undefined
  const count = Math.min(a.logprobs.length, b.logprobs.length)
  return Math.max(...Array.from({ length: count }, (_, index) => Math.abs(a.logprobs![index]! - b.logprobs![index]!)))
}
