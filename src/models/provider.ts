import type { ChatModel } from '../contracts/model.ts'
import type { Environment } from './keys/read-environment.ts'

/** The outside world, and what a user may set about a model. */
export interface OpenModelOptions {
  /** Variables with keys and addresses; see `readEnvironment` for those of a `.env` file. */
  env: Environment
  /** Folder against which `local:` paths are resolved. */
  cwd: string
  /** Address of the API, up to and with its version (`http://localhost:8000/v1`). Needed by `openai-compatible` and `leap`. */
  baseUrl?: string | undefined
  /** Ask for answers in pieces. Default false. */
  stream?: boolean
  /** Further settings in the provider's own words, for example `{ reasoningEffort: 'low' }`. */
  providerOptions?: Readonly<Record<string, unknown>>
  fetch?: typeof globalThis.fetch
}

/** A back end that offers models by name. */
export interface Provider {
  /** One line for people. */
  summary: string
  /** What of a request it cannot honour, in words, for the documentation and `ignored`. */
  ignores: string
  /** Variables that hold its key, the first one preferred. Empty: it needs none. */
  keys: readonly string[]
  open(model: string, options: OpenModelOptions): Promise<ChatModel>
}
