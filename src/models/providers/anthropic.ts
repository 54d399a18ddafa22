import { requireKey } from '../keys/find-key.ts'
import type { Provider } from '../provider.ts'
import { createRemoteModel } from '../remote/remote-model.ts'
import { findBaseUrl } from './base-url.ts'

const keys = ['ANTHROPIC_API_KEY']

/** Anthropic's messages. */
export const anthropicProvider: Provider = {
  summary: "Anthropic's models, for example anthropic:claude-sonnet-4-5",
  ignores:
    'seed, logprobs, choice, session, score; temperatures above 1 count as 1. Stop strings of white space only are not sent (the API refuses them), but the text is cut at them.',
  keys,
  async open(model, options) {
    const { env, fetch, stream, providerOptions } = options
    const key = requireKey(env, 'anthropic', keys)
    const url = findBaseUrl('anthropic', options, 'https://api.anthropic.com/v1')
    const { createAnthropic } = await import('@ai-sdk/anthropic')
    const client = createAnthropic({ apiKey: key, baseURL: url, ...(fetch ? { fetch } : {}) })(model)
    return createRemoteModel({
      id: `anthropic:${model}`,
      client,
      baseUrl: url,
      keys: [key],
      ignores: ['seed', 'logprobs', 'choice'],
      acceptStop: (stop) => stop.filter((one) => one.trim() !== ''),
      ...(providerOptions ? { providerOptions: () => ({ anthropic: providerOptions as Record<string, never> }) } : {}),
      ...(stream === undefined ? {} : { stream }),
    })
  },
}
