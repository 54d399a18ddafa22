import type { LanguageModelV3, LanguageModelV3CallOptions, LanguageModelV3StreamPart } from '@ai-sdk/provider'
import type { GenerateRequest } from '../../contracts/model.ts'
import { createStopFilter } from '../../support/stop-filter.ts'
import { ModelError } from '../model-error.ts'
import type { ProviderAnswer } from './read-answer.ts'

/**
 * Asks for an answer in pieces and puts them together, so that it reads like one that came whole. Passes the text on to `onText` up to the
 * first stop string. Throws MODEL_ANSWER_MALFORMED for a stream that ends before the answer does, or holds what is no piece of one.
 */
export async function collectStream(
  client: LanguageModelV3,
  settings: LanguageModelV3CallOptions,
  { onText, stop = [] }: Pick<GenerateRequest, 'onText' | 'stop'>,
): Promise<ProviderAnswer> {
  const { stream } = await client.doStream(settings)
  const filter = createStopFilter(stop)
  let text = ''
  let warnings: ProviderAnswer['warnings'] = []
  let finish: Extract<LanguageModelV3StreamPart, { type: 'finish' }> | undefined
  for await (const part of stream) {
    switch (part.type) {
      case 'stream-start':
        warnings = part.warnings
        break
      case 'text-delta': {
        text += part.delta
        const certain = filter.add(part.delta)
        if (certain) onText?.(certain)
        break
      }
      case 'error':
        throw part.error instanceof Error ? part.error : torn(describe(part.error))
      case 'finish':
        finish = part
    }
  }
  // A provider's client reports the end of the connection as an end of the answer, with a reason that no provider gave.
  if (!finish || finish.finishReason.raw === undefined) throw torn(text)
  const rest = filter.end()
  if (rest) onText?.(rest)
  const { finishReason, usage, providerMetadata } = finish
  return {
    content: [{ type: 'text', text }],
    finishReason,
    usage,
    warnings,
    ...(providerMetadata ? { providerMetadata } : {}),
  }
}

const describe = (value: unknown) => (typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value)))

function torn(found: string): ModelError {
  return new ModelError({
    code: 'MODEL_ANSWER_MALFORMED',
    message: `expected a stream up to the end of the answer, found one that breaks off after ${JSON.stringify(found.slice(-120))}`,
    retryable: true,
    maybeBilled: true,
  })
}
