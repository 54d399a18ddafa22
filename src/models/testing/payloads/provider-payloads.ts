import type { OpenModelOptions } from '../../provider.ts'
import type { ReceivedRequest, Reply } from '../payload-server.ts'

/** What a provider answers in each situation, as its API documents it, and where a request says what. */
export interface ProviderPayloads {
  /** `openai:gpt-4o` */
  model: string
  env: OpenModelOptions['env']
  /** Behind the server's address. */
  basePath: string
  /** `Hello there.`, 12 prompt and 4 completion tokens. */
  success: Reply
  /** The same with 8 of the prompt tokens from the cache. */
  cached: Reply
  /** The same, cut off at the token limit. */
  truncated: Reply
  refusal: Reply
  /** What the refusal says. */
  refusalText: string
  filtered: Reply
  /** `{"answer":42}` under a schema. */
  json: Reply
  /** `Hello there.` in pieces, 12 and 4 tokens. */
  stream: readonly unknown[]
  /** An error in the middle of a stream. */
  streamError: readonly unknown[]
  rateLimited: Reply
  overloaded: Reply
  unauthorised: Reply
  notFound: Reply
  contextExceeded: Reply
  invalid: Reply
  /** What a request carries, read from its body and headers. */
  read(request: ReceivedRequest): {
    path: string
    key: string | undefined
    text: unknown
    system: unknown
    maxTokens: unknown
    temperature: unknown
    stop: unknown
    seed: unknown
    schema: unknown
  }
}
