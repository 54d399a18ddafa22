import type { GenerateResult } from '../../contracts/model.ts'

/** What all pieces of one answer have in common. */
export interface ResponseHead {
  id: string
  /** Seconds since 1970. */
  created: number
  model: string
}

/** A whole answer, in the shape of OpenAI's `chat.completion`. */
export function completion(head: ResponseHead, results: readonly GenerateResult[]): object {
  return {
    ...common(head, 'chat.completion'),
    choices: results.map((result, index) => ({
      index,
      message: { role: 'assistant', content: result.text, refusal: null },
      logprobs: logprobsOf(result),
      finish_reason: finishReasonOf(result),
    })),
    usage: usageOf(results),
  }
}

/** One event of a streamed answer. */
export function chunk(head: ResponseHead, choice: object | undefined, more: object = {}): object {
  return { ...common(head, 'chat.completion.chunk'), choices: choice ? [choice] : [], ...more }
}

export function finishReasonOf({ finishReason }: GenerateResult): string {
  return finishReason === 'content-filter' || finishReason === 'refusal' ? 'content_filter' : finishReason
}

/** The prompt counts once however many answers it got. */
export function usageOf(results: readonly GenerateResult[]): object {
  const prompt = results[0]?.tokens.prompt ?? 0
  const completion = results.reduce((sum, { tokens }) => sum + tokens.completion, 0)
  return { prompt_tokens: prompt, completion_tokens: completion, total_tokens: prompt + completion }
}

export function logprobsOf({ logprobs, tokenTexts = [] }: GenerateResult): object | null {
  if (!logprobs) return null
  const content = logprobs.map((logprob, index) => {
    const token = tokenTexts[index] ?? ''
    return { token, logprob, bytes: [...Buffer.from(token)], top_logprobs: [] }
  })
  return { content, refusal: null }
}

const common = ({ id, created, model }: ResponseHead, object: string) => ({
  id,
  object,
  created,
  model,
  system_fingerprint: null,
})
