/** One message of a chat, in the shape all providers share. */
export interface Message {
  role: 'system' | 'user' | 'assistant'
  content: string
}

export interface GenerateRequest {
  messages: readonly Message[]
  /** 0 = greedy. */
  temperature: number
  topP?: number
  maxTokens: number
  /** Generation ends before the first of these strings; they are not part of the text. */
  stop?: readonly string[]
  seed: number
  /** Text after `after` must be exactly one of `options`. Models that cannot be constrained ignore this. */
  choice?: { after: string; options: readonly string[] }
  /** Requests of one session extend each other, so the key-value cache of the common prefix can be kept. */
  session?: string
  logprobs?: boolean
  signal?: AbortSignal
}

export interface GenerateResult {
  text: string
  finishReason: 'stop' | 'length' | 'content-filter'
  tokens: { prompt: number; completion: number }
  /** Log-probability of each generated token, nats, if asked for. */
  logprobs?: number[]
}

/** A language model behind chat messages. Implementations batch concurrent calls if it pays. */
export interface ChatModel {
  /** `local:<checkpoint>`, `openai:gpt-4o`, ... */
  readonly id: string
  generate(request: GenerateRequest): Promise<GenerateResult>
  /** Log-probability (nats) of each token of `completion` after the messages. Absent where the provider does not tell. */
  score?(request: { messages: readonly Message[]; completion: string }): Promise<number[]>
  forget?(session: string): void
  close?(): Promise<void>
}
