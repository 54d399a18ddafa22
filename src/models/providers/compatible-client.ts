import type { LanguageModelV3 } from '@ai-sdk/provider'
import type { OpenModelOptions } from '../provider.ts'
import { findBaseUrl } from './base-url.ts'

/** The AI SDK's client for a server at a base URL. Throws as {@link findBaseUrl}. */
export async function openCompatibleClient(
  provider: string,
  model: string,
  key: string | undefined,
  options: OpenModelOptions,
): Promise<{ client: LanguageModelV3; url: string }> {
  const url = findBaseUrl(provider, options)
  const { fetch } = options
  const { createOpenAICompatible } = await import('@ai-sdk/openai-compatible')
  const open = createOpenAICompatible({
    name: 'compatible',
    baseURL: url,
    supportsStructuredOutputs: true,
    includeUsage: true,
    ...(key === undefined ? {} : { apiKey: key }),
    ...(fetch ? { fetch } : {}),
  })
  return { client: open(model), url }
}
