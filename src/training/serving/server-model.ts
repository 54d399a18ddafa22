import type { ChatModel } from '../../contracts/model.ts'
import { openModel } from '../../models/open-model.ts'
import { withRetry } from '../../models/wrappers/with-retry.ts'
import { withTimeout } from '../../models/wrappers/with-timeout.ts'
import type { Clock } from '../../support/clock.ts'
import type { ServerConnection } from './request.ts'

/** A chat model of a server that runs, by OpenAI's protocol. A busy server is asked again; a call that hangs is given up and asked again. */
export async function openServerModel(
  { url, fetch, key, timeout, clock }: ServerConnection & { clock: Clock },
  model: string,
  /** Further fields of each request, in the server's own words. */
  fields: Readonly<Record<string, unknown>> = {},
): Promise<ChatModel> {
  const bare = await openModel(`openai-compatible:${model}`, {
    env: key === undefined ? {} : { OPENAI_COMPATIBLE_API_KEY: key },
    cwd: '.',
    baseUrl: `${url.replace(/\/+$/, '')}/v1`,
    fetch,
    ...(Object.keys(fields).length > 0 ? { providerOptions: fields } : {}),
  })
  return withRetry(withTimeout(bare, { milliseconds: timeout, clock }), { seed: 0, clock, retries: 4 })
}
