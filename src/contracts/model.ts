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
  /** Text after `after` must be exactly one of `options`, or begin with one of `open`. Models that cannot be constrained ignore this. */
  choice?: { after: string; options: readonly string[]; open?: readonly string[] }
  /** Requests of one session extend each other, so the key-value cache of the common prefix can be kept. */
  session?: string
  logprobs?: boolean
  /**
   * The answer is to be one JSON value of this JSON Schema. Providers with structured output hold the model to it; the others are sent the
   * request without it. `GenerateResult.structured` tells which it was.
   */
  schema?: { name: string; schema: Record<string, unknown> }
  /** Told each further piece of the text once it is certain. Only models that stream call it; the result holds the whole text in any case. */
  onText?: (piece: string) => void
  signal?: AbortSignal
}

export interface GenerateResult {
  text: string
  /**
   * `length`: cut off at `maxTokens` or at the end of the context. `content-filter`: the provider withheld or cut the answer. `refusal`: the
   * model declined; `text` is what it said instead. The last two are answers, not failures: asking again would cost again.
   */
  finishReason: 'stop' | 'length' | 'content-filter' | 'refusal'
  tokens: { prompt: number; completion: number }
  /** Log-probability of each generated token, nats, if asked for and if the provider tells. */
  logprobs?: number[]
  /** Text of each generated token, beside `logprobs`. */
  tokenTexts?: string[]
  /** Present if a schema was asked for: whether the provider held the model to it. */
  structured?: boolean
  /** Settings of the request that this model could not honour, for example `seed`. */
  ignored?: string[]
  /** Parts of `tokens` that are billed otherwise, where the provider tells: prompt tokens read from its cache, completion tokens of hidden reasoning. */
  usage?: { cachedPrompt?: number; reasoning?: number }
  /** What the call cost, in US dollars. Absent where no price is known. */
  cost?: number
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
