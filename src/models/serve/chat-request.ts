import { z } from 'zod'
import type { GenerateRequest, Message } from '../../contracts/model.ts'
import { ApiError } from './api-error.ts'

const text = z.union([
  z.string(),
  z
    .array(z.object({ type: z.literal('text'), text: z.string() }))
    .transform((parts) => parts.map((part) => part.text).join('')),
])

const nullish = <Schema extends z.ZodType>(schema: Schema) => schema.nullish().transform((value) => value ?? undefined)

const requestSchema = z.looseObject({
  model: z.string(),
  messages: z
    .array(z.object({ role: z.enum(['system', 'developer', 'user', 'assistant']), content: text }))
    .min(1, 'expected at least one message'),
  temperature: nullish(z.number().min(0).max(2)),
  top_p: nullish(z.number().gt(0).max(1)),
  max_tokens: nullish(z.number().int().min(1)),
  max_completion_tokens: nullish(z.number().int().min(1)),
  stop: nullish(z.union([z.string().transform((one) => [one]), z.array(z.string()).max(16)])),
  seed: nullish(z.number().int()),
  n: nullish(z.number().int().min(1).max(128)),
  stream: nullish(z.boolean()),
  stream_options: nullish(z.looseObject({ include_usage: nullish(z.boolean()) })),
  logprobs: nullish(z.boolean()),
  top_logprobs: nullish(z.number().int().min(0).max(20)),
  leap: nullish(
    z.strictObject({
      /** The text after `after` is to be one of the options, or to begin with one of `open`. */
      choice: nullish(
        z
          .strictObject({ after: z.string(), options: z.array(z.string()), open: nullish(z.array(z.string())) })
          .refine(({ options, open = [] }) => options.length + open.length > 0, {
            path: ['options'],
            message: 'expected at least one option or opening',
          })
          .transform(({ after, options, open }) => ({ after, options, ...(open?.length ? { open } : {}) })),
      ),
      /** Requests of one session extend each other: the server keeps what it has read. */
      session: nullish(z.string().max(1000)),
      /** Generate nothing; the log-probabilities are those of the last message, which the assistant is to have said. */
      score: nullish(z.boolean()),
    }),
  ),
})

/** Fields that would change the answer and that this server does not have: it says so instead of answering something else. */
const unsupported: Readonly<Record<string, (value: unknown) => boolean>> = {
  tools: (value) => Array.isArray(value) && value.length > 0,
  functions: (value) => Array.isArray(value) && value.length > 0,
  response_format: (value) => (value as { type?: unknown }).type !== 'text',
  frequency_penalty: (value) => value !== 0,
  presence_penalty: (value) => value !== 0,
  logit_bias: (value) => typeof value === 'object' && Object.keys(value as object).length > 0,
  top_logprobs: (value) => value !== 0,
  audio: () => true,
}

/** What to do instead. */
const advice: Readonly<Record<string, string>> = {
  response_format: " Ask for the form in the prompt, or restrict the answer with 'leap.choice'.",
  tools: ' Describe them in the prompt and read the calls from the text.',
}

/** What a client asked for. */
export interface ChatRequest {
  model: string
  messages: Message[]
  /** Everything but the seed and the signal. */
  settings: Omit<GenerateRequest, 'seed' | 'signal' | 'messages' | 'onText'>
  /** Undefined: any. */
  seed: number | undefined
  choices: number
  stream: boolean
  streamUsage: boolean
  score: boolean
}

/** Reads a request body. `longest` = tokens generated where the client sets no limit. Throws an ApiError that names the parameter. */
export function parseChatRequest(body: unknown, longest: number): ChatRequest {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw new ApiError(400, 'We expected the body of the request to be a JSON object.', { code: 'invalid_type' })
  const parsed = requestSchema.safeParse(body, { reportInput: true })
  if (!parsed.success) throw invalid(parsed.error)
  for (const [name, matters] of Object.entries(unsupported)) {
    const value = (body as Record<string, unknown>)[name]
    if (value !== undefined && value !== null && matters(value))
      throw new ApiError(
        400,
        `Unsupported parameter: '${name}' is not supported with this model.${advice[name] ?? ''}`,
        {
          param: name,
          code: 'unsupported_parameter',
        },
      )
  }
  const { data } = parsed
  const score = data.leap?.score ?? false
  if (score && (data.messages.at(-1)?.role !== 'assistant' || data.stream || (data.n ?? 1) > 1))
    throw new ApiError(400, "Invalid 'leap.score': the last message must be the assistant's, 'stream' off and 'n' 1.", {
      param: 'leap.score',
      code: 'invalid_value',
    })
  const stop = data.stop?.filter((one) => one !== '')
  return {
    model: data.model,
    messages: data.messages.map(({ role, content }) => ({ role: role === 'developer' ? 'system' : role, content })),
    settings: {
      temperature: data.temperature ?? 1,
      maxTokens: data.max_completion_tokens ?? data.max_tokens ?? longest,
      ...(data.top_p === undefined ? {} : { topP: data.top_p }),
      ...(stop?.length ? { stop } : {}),
      ...(data.logprobs ? { logprobs: true } : {}),
      ...(data.leap?.choice ? { choice: data.leap.choice } : {}),
      ...(data.leap?.session === undefined ? {} : { session: data.leap.session }),
    },
    seed: data.seed,
    choices: data.n ?? 1,
    stream: data.stream ?? false,
    streamUsage: data.stream_options?.include_usage ?? false,
    score,
  }
}

function invalid(error: z.ZodError): ApiError {
  const issue = error.issues[0]!
  const param = issue.path
    .map((part, index) => (typeof part === 'number' ? `[${part}]` : `${index > 0 ? '.' : ''}${String(part)}`))
    .join('')
  if (issue.input === undefined && issue.code === 'invalid_type')
    return new ApiError(400, `Missing required parameter: '${param}'.`, { param, code: 'missing_required_parameter' })
  const code = issue.code === 'invalid_type' || issue.code === 'invalid_union' ? 'invalid_type' : 'invalid_value'
  return new ApiError(400, `Invalid '${param}': ${issue.message}.`, { param, code })
}
