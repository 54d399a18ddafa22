import { requireKey } from '../keys/find-key.ts'
import type { Provider } from '../provider.ts'
import { createRemoteModel } from '../remote/remote-model.ts'
import { findBaseUrl } from './base-url.ts'

const keys = ['GOOGLE_GENERATIVE_AI_API_KEY', 'GEMINI_API_KEY', 'GOOGLE_API_KEY']

/** Google's Gemini by its developer API. */
export const googleProvider: Provider = {
  summary: "Google's models, for example google:gemini-2.5-flash",
  ignores:
    'logprobs, choice, session, score. Seeds are best effort and folded into 31 bits. At most 5 stop strings are sent; the text is cut at all of them.',
  keys,
  async open(model, options) {
    const { env, fetch, stream, providerOptions } = options
    const key = requireKey(env, 'google', keys)
    const url = findBaseUrl('google', options, 'https://generativelanguage.googleapis.com/v1beta')
    const { createGoogleGenerativeAI } = await import('@ai-sdk/google')
    const client = createGoogleGenerativeAI({ apiKey: key, baseURL: url, ...(fetch ? { fetch } : {}) })(model)
    return createRemoteModel({
      id: `google:${model}`,
      client,
      baseUrl: url,
      keys: [key],
      ignores: ['logprobs', 'choice'],
      acceptStop: (stop) => stop.slice(0, 5),
      largestSeed: 2 ** 31 - 1,
      ...(providerOptions ? { providerOptions: () => ({ google: providerOptions as Record<string, never> }) } : {}),
      ...(stream === undefined ? {} : { stream }),
    })
  },
}
