import type { LanguageModelV3 } from '@ai-sdk/provider'
import { LeapError } from '../../contracts/error.ts'
import { findVariable } from '../keys/find-key.ts'
import type { OpenModelOptions } from '../provider.ts'

/** The AI SDK's client for a server at a base URL. Throws a LeapError `MODEL_BASE_URL` if there is none or it is no URL. */
export async function openCompatibleClient(
  provider: string,
  model: string,
  key: string | undefined,
  { env, baseUrl, fetch }: OpenModelOptions,
): Promise<{ client: LanguageModelV3; url: string }> {
  const variable = `${provider.toUpperCase().replaceAll('-', '_')}_BASE_URL`
  const url = baseUrl ?? findVariable(env, [variable])
  if (url === undefined || !/^https?:\/\//.test(url) || !URL.canParse(url))
    throw new LeapError({
      code: 'MODEL_BASE_URL',
      message: `${provider}:${model}: expected the address of a server, found ${url === undefined ? 'none' : JSON.stringify(url)}`,
      remedy: `Write it behind the name (${provider}:${model}@http://localhost:8000/v1), as the base URL in the configuration, or into ${variable}.`,
    })
  const { createOpenAICompatible } = await import('@ai-sdk/openai-compatible')
  const open = createOpenAICompatible({
    name: 'compatible',
    baseURL: url.replace(/\/+$/, ''),
    supportsStructuredOutputs: true,
    includeUsage: true,
    ...(key === undefined ? {} : { apiKey: key }),
    ...(fetch ? { fetch } : {}),
  })
  return { client: open(model), url }
}
