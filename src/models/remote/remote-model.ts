import type { LanguageModelV3, LanguageModelV3CallOptions } from '@ai-sdk/provider'
import type { ChatModel, GenerateRequest, GenerateResult } from '../../contracts/model.ts'
import { ModelError } from '../model-error.ts'
import { collectStream } from './collect-stream.ts'
import { describeCallError } from './describe-call-error.ts'
import { type ProviderAnswer, readAnswer } from './read-answer.ts'
import { toPrompt } from './to-prompt.ts'

type ProviderOptions = NonNullable<LanguageModelV3CallOptions['providerOptions']>

/** What differs between providers. */
export interface RemoteModelOptions {
  /** `openai:gpt-4o` */
  id: string
  client: LanguageModelV3
  /** For error messages. */
  baseUrl: string
  /** Never shown in any text. */
  keys: readonly string[]
  /**
   * Settings that the provider does not know, by their names in GenerateRequest. They are not sent, and listed in `ignored` when used. A session
   * shapes no answer, so ignoring it is not worth a word.
   */
  ignores: readonly IgnorableSetting[]
  /** The stop strings that the provider takes. The text is cut at all of them in any case. */
  acceptStop?: (stop: readonly string[]) => readonly string[]
  /** Largest seed that the provider takes; larger ones are folded into it. */
  largestSeed?: number
  /** Settings in the provider's own words. */
  providerOptions?: (request: GenerateRequest) => ProviderOptions | undefined
  /** Log-probabilities from an answer, where the provider tells. */
  readLogprobs?: (answer: ProviderAnswer) => { token: string; logprob: number }[] | undefined
  /** Ask for the answer in pieces: long answers then survive proxies that cut silent connections. */
  stream?: boolean
}

export type IgnorableSetting = 'seed' | 'stop' | 'logprobs' | 'choice' | 'temperature' | 'topP' | 'schema'

/**
 * A model of a provider behind the AI SDK. Makes one attempt per call; retries, limits and time-outs are wrappers. Throws a ModelError, or the
 * reason of the request's signal.
 */
export function createRemoteModel(options: RemoteModelOptions): ChatModel {
  const { id, client, ignores, keys, baseUrl } = options
  /** Set once the provider has refused a schema: it is then left out instead of being refused each time. */
  let schemaRefused = ignores.includes('schema')

  const attempt = async (request: GenerateRequest, withSchema: boolean): Promise<GenerateResult> => {
    const settings = callOptions(request, options, withSchema)
    try {
      const streamed = options.stream === true || request.onText !== undefined
      const answer = streamed ? await collectStream(client, settings, request) : await client.doGenerate(settings)
      return readAnswer(answer, request, { ignores, structured: withSchema, readLogprobs: options.readLogprobs })
    } catch (error) {
      if (request.signal?.aborted) throw request.signal.reason
      throw describeCallError(error, { id, keys, baseUrl })
    }
  }
  return {
    id,
    async generate(request) {
      request.signal?.throwIfAborted()
      const withSchema = request.schema !== undefined && !schemaRefused
      try {
        return await attempt(request, withSchema)
      } catch (error) {
        // Servers without structured output refuse it with a status of their own choice. It is not billed, and asked for once only.
        if (!withSchema || !ModelError.is(error) || error.code !== 'MODEL_REQUEST_INVALID') throw error
        const result = await attempt(request, false)
        schemaRefused = true
        return result
      }
    },
  }
}

function callOptions(
  request: GenerateRequest,
  options: RemoteModelOptions,
  withSchema: boolean,
): LanguageModelV3CallOptions {
  const { ignores, acceptStop = (stop) => stop, largestSeed = Number.MAX_SAFE_INTEGER, providerOptions } = options
  const { temperature, topP, seed, signal, schema } = request
  const stop = ignores.includes('stop') ? [] : acceptStop(request.stop ?? [])
  const more = providerOptions?.(request)
  return {
    prompt: toPrompt(request.messages),
    maxOutputTokens: request.maxTokens,
    ...(ignores.includes('temperature') ? {} : { temperature }),
    ...(topP === undefined || ignores.includes('topP') ? {} : { topP }),
    ...(ignores.includes('seed') ? {} : { seed: seed % (largestSeed + 1) }),
    ...(stop.length > 0 ? { stopSequences: [...stop] } : {}),
    ...(schema && withSchema ? { responseFormat: { type: 'json', name: schema.name, schema: schema.schema } } : {}),
    ...(more ? { providerOptions: more } : {}),
    ...(signal ? { abortSignal: signal } : {}),
  }
}
