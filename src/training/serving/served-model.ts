import type { ChatModel } from '../../contracts/model.ts'
import { openModel } from '../../models/open-model.ts'
import type { ServerConnection } from './request.ts'

/** A chat model of a server that runs, by OpenAI's protocol. */
export function openServedModel(
  { url, fetch, key }: ServerConnection,
  model: string,
  /** Further fields of each request, in the server's own words. */
  fields: Readonly<Record<string, unknown>> = {},
): Promise<ChatModel> {
  return openModel(`openai-compatible:${model}`, {
    env: key === undefined ? {} : { OPENAI_COMPATIBLE_API_KEY: key },
    cwd: '.',
    baseUrl: `${url.replace(/\/+$/, '')}/v1`,
    fetch,
    ...(Object.keys(fields).length > 0 ? { providerOptions: fields } : {}),
  })
}
