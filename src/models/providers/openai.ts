import { requireKey } from '../keys/find-key.ts'
import type { Provider } from '../provider.ts'
import { createRemoteModel, type IgnorableSetting } from '../remote/remote-model.ts'
import { findBaseUrl } from './base-url.ts'

const keys = ['OPENAI_API_KEY']

/** OpenAI by its chat completions, which (unlike its responses) know seed and stop. */
export const openaiProvider: Provider = {
  summary: "OpenAI's models, for example openai:gpt-4o",
  ignores:
    'choice, session, score. Seeds are best effort. At most 4 stop strings are sent. Reasoning models (o1 and later, gpt-5) also ignore temperature, topP, stop and logprobs; the text is cut at stop strings in any case.',
  keys,
  async open(model, options) {
    const { env, fetch, stream, providerOptions } = options
    const key = requireKey(env, 'openai', keys)
    const url = findBaseUrl('openai', options, 'https://api.openai.com/v1')
    const { createOpenAI } = await import('@ai-sdk/openai')
    const client = createOpenAI({ apiKey: key, baseURL: url, ...(fetch ? { fetch } : {}) }).chat(model)
    const reasons = /^(o\d|gpt-[5-9])/.test(model) && !model.includes('chat')
    const ignores: IgnorableSetting[] = [
      'choice',
      ...(reasons ? (['stop', 'logprobs', 'temperature', 'topP'] as const) : []),
    ]
    return createRemoteModel({
      id: `openai:${model}`,
      client,
      baseUrl: url,
      keys: [key],
      ignores,
      acceptStop: (stop) => stop.slice(0, 4),
      providerOptions: ({ logprobs }) => ({
        openai: { ...(logprobs && !reasons ? { logprobs: true } : {}), ...(providerOptions as object) },
      }),
      readLogprobs: ({ providerMetadata }) =>
        providerMetadata?.openai?.logprobs as { token: string; logprob: number }[] | undefined,
      ...(stream === undefined ? {} : { stream }),
    })
  },
}
