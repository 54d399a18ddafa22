import type { LanguageModelV3GenerateResult } from '@ai-sdk/provider'
import type { GenerateRequest, GenerateResult } from '../../contracts/model.ts'
import { ModelError } from '../model-error.ts'
import { cutAtStop } from './cut-at-stop.ts'
import type { IgnorableSetting } from './remote-model.ts'

/** What readers of an answer look at; a streamed answer has it too. */
export type ProviderAnswer = Pick<
  LanguageModelV3GenerateResult,
  'content' | 'finishReason' | 'usage' | 'warnings' | 'providerMetadata'
> & { response?: { body?: unknown } }

export interface ReadAnswerOptions {
  ignores: readonly IgnorableSetting[]
  /** Whether the schema was sent. */
  structured: boolean
  readLogprobs: ((answer: ProviderAnswer) => { token: string; logprob: number }[] | undefined) | undefined
}

/** A provider's answer as a GenerateResult. Throws MODEL_ANSWER_MALFORMED if the provider says that generation itself failed. */
export function readAnswer(
  answer: ProviderAnswer,
  request: GenerateRequest,
  { ignores, structured, readLogprobs }: ReadAnswerOptions,
): GenerateResult {
  const { content, usage, warnings } = answer
  const whole = content.map((part) => (part.type === 'text' ? part.text : '')).join('')
  const cut = cutAtStop(whole, request.stop ?? [])
  const logprobs = request.logprobs ? readLogprobs?.(answer) : undefined
  const ignored = ignoredSettings(request, ignores, warnings)
  if (request.logprobs && !logprobs && !ignored.includes('logprobs')) ignored.push('logprobs')
  const { cacheRead } = usage.inputTokens
  const { reasoning } = usage.outputTokens
  return {
    text: cut ?? whole,
    finishReason: cut === undefined ? finishReasonOf(answer, whole) : 'stop',
    tokens: { prompt: usage.inputTokens.total ?? 0, completion: usage.outputTokens.total ?? 0 },
    ...(logprobs
      ? { logprobs: logprobs.map(({ logprob }) => logprob), tokenTexts: logprobs.map(({ token }) => token) }
      : {}),
    ...(request.schema
      ? { structured: structured && !warnings.some((one) => 'feature' in one && one.feature === 'responseFormat') }
      : {}),
    ...(ignored.length > 0 ? { ignored } : {}),
    ...(cacheRead || reasoning
      ? { usage: { ...(cacheRead ? { cachedPrompt: cacheRead } : {}), ...(reasoning ? { reasoning } : {}) } }
      : {}),
  }
}

function finishReasonOf(
  { finishReason: { unified, raw } }: ProviderAnswer,
  text: string,
): GenerateResult['finishReason'] {
  switch (unified) {
    case 'length':
      return 'length'
    case 'content-filter':
      // Anthropic says so; OpenAI ends normally and puts the refusal in a field of its own, which its client reports as this.
      return raw === 'refusal' || raw === 'stop' ? 'refusal' : 'content-filter'
    case 'error':
      throw failed(
        `that the provider's generation failed (${raw ?? 'no reason given'}) after ${JSON.stringify(text.slice(0, 80))}`,
      )
    default:
      // Some servers leave the reason out, but an answer without reason and text is none.
      if (raw === undefined && text === '') throw failed('neither text nor a reason why there is none')
      return 'stop'
  }
}

/** Settings that the request uses and that were not honoured. */
function ignoredSettings(
  request: GenerateRequest,
  ignores: readonly IgnorableSetting[],
  warnings: ProviderAnswer['warnings'],
): string[] {
  const used = ignores.filter((name) => {
    if (name === 'seed') return request.temperature > 0
    // Cut here instead, so nothing is lost but the tokens behind it.
    if (name === 'stop' || name === 'schema') return false
    return request[name] !== undefined
  })
  const warned = warnings.flatMap((one) => (one.type === 'unsupported' ? [one.feature] : []))
  return [...new Set<string>([...used, ...warned.filter((name) => name !== 'responseFormat')])]
}

function failed(found: string): ModelError {
  return new ModelError({
    code: 'MODEL_ANSWER_MALFORMED',
    message: `expected an answer, found ${found}`,
    retryable: true,
    maybeBilled: true,
  })
}
