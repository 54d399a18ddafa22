import { LeapError } from '../contracts/error.ts'
import type { ChatModel, GenerateRequest } from '../contracts/model.ts'
import type { OpenModelOptions } from './provider.ts'

/** A request that uses what options can bear upon. */
const probe: GenerateRequest = {
  messages: [
    { role: 'system', content: 'a' },
    { role: 'user', content: 'b' },
  ],
  temperature: 0.5,
  maxTokens: 4096,
  seed: 1,
  schema: { name: 'c', schema: { type: 'object', properties: {}, additionalProperties: false } },
}

/**
 * Providers' clients drop options whose names they do not know, so that a misspelt one would silently do nothing. Each option must change the request that
 * would be sent; nothing is. Throws a LeapError `MODEL_OPTION_UNKNOWN`, or `MODEL_REQUEST_INVALID` for a value of the wrong kind.
 */
export async function checkProviderOptions(
  spec: string,
  options: OpenModelOptions,
  open: (options: OpenModelOptions) => Promise<ChatModel>,
): Promise<void> {
  const { providerOptions = {} } = options
  const names = Object.keys(providerOptions)
  if (names.length === 0) return
  const whole = await requestWith(options, open)
  for (const name of names) {
    const { [name]: _, ...others } = providerOptions
    if ((await requestWith({ ...options, providerOptions: others }, open)) !== whole) continue
    throw new LeapError({
      code: 'MODEL_OPTION_UNKNOWN',
      message: `providerOptions: expected options that ${spec} knows, found "${name}", which changes nothing in a request`,
      remedy:
        "Check its spelling: names are those of the AI SDK's provider options, in camelCase (reasoningEffort, thinking); openai-compatible passes every name on.",
    })
  }
}

/** Address, headers and body of the request that would be sent. */
async function requestWith(
  options: OpenModelOptions,
  open: (options: OpenModelOptions) => Promise<ChatModel>,
): Promise<string> {
  let seen = ''
  const fetch: typeof globalThis.fetch = async (address, init) => {
    seen = JSON.stringify([String(address), [...new Headers(init?.headers)], String(init?.body)])
    throw new TypeError('a request that is only looked at')
  }
  const model = await open({ ...options, fetch })
  await model.generate(probe).catch((error: unknown) => {
    if (seen === '') throw error
  })
  return seen
}
