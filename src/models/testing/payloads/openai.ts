import type { Reply } from '../payload-server.ts'
import type { ProviderPayloads } from './provider-payloads.ts'

const usage = { prompt_tokens: 12, completion_tokens: 4, total_tokens: 16 }

/** A chat completion with one choice. */
export function openaiCompletion(choice: object, more: object = {}): Reply {
  return {
    body: {
      id: 'chatcmpl-B9MBs8CjcvOU2jLn4n570S5qMJKcT',
      object: 'chat.completion',
      created: 1741569952,
      model: 'gpt-4o-2024-08-06',
      choices: [{ index: 0, logprobs: null, finish_reason: 'stop', ...choice }],
      usage: {
        ...usage,
        prompt_tokens_details: { cached_tokens: 0, audio_tokens: 0 },
        completion_tokens_details: {
          reasoning_tokens: 0,
          audio_tokens: 0,
          accepted_prediction_tokens: 0,
          rejected_prediction_tokens: 0,
        },
      },
      service_tier: 'default',
      system_fingerprint: 'fp_50cad350e4',
      ...more,
    },
  }
}

const says = (content: string | null, more: object = {}) => ({
  message: { role: 'assistant', content, refusal: null, annotations: [], ...more },
})
const error = (
  status: number,
  message: string,
  type: string,
  code: string | null,
  param: string | null = null,
): Reply => ({
  status,
  body: { error: { message, type, param, code } },
})
const piece = (delta: object, finish: string | null = null, more: object = {}) => ({
  id: 'chatcmpl-123',
  object: 'chat.completion.chunk',
  created: 1694268190,
  model: 'gpt-4o-2024-08-06',
  system_fingerprint: 'fp_44709d6fcb',
  choices: [{ index: 0, delta, logprobs: null, finish_reason: finish }],
  ...more,
})

export const openaiPayloads: ProviderPayloads = {
  model: 'openai:gpt-4o',
  env: { OPENAI_API_KEY: 'sk-proj-Zx81secretopenai0042' },
  basePath: '/v1',
  success: openaiCompletion(says('Hello there.')),
  cached: openaiCompletion(says('Hello there.'), {
    usage: {
      ...usage,
      prompt_tokens_details: { cached_tokens: 8 },
      completion_tokens_details: { reasoning_tokens: 0 },
    },
  }),
  truncated: openaiCompletion({ ...says('Hello there.'), finish_reason: 'length' }),
  refusal: openaiCompletion(says(null, { refusal: "I'm sorry, I cannot help with that." })),
  refusalText: "I'm sorry, I cannot help with that.",
  filtered: openaiCompletion({ ...says(''), finish_reason: 'content_filter' }),
  json: openaiCompletion(says('{"answer":42}')),
  stream: [
    piece({ role: 'assistant', content: '', refusal: null }),
    piece({ content: 'Hello' }),
    piece({ content: ' there.' }),
    piece({}, 'stop'),
    { ...piece({}), choices: [], usage },
    '[DONE]',
  ],
  streamError: [
    piece({ role: 'assistant', content: 'Hel' }),
    {
      error: {
        message: 'The server had an error while processing your request.',
        type: 'server_error',
        param: null,
        code: null,
      },
    },
  ],
  rateLimited: {
    ...error(
      429,
      'Rate limit reached for gpt-4o in organization org-x on requests per min (RPM): Limit 500, Used 500.',
      'requests',
      'rate_limit_exceeded',
    ),
    headers: { 'retry-after': '2', 'retry-after-ms': '1500', 'x-ratelimit-remaining-requests': '0' },
  },
  overloaded: error(
    500,
    'The server had an error while processing your request. Sorry about that!',
    'server_error',
    null,
  ),
  unauthorised: error(
    401,
    'Incorrect API key provided: sk-proj-Zx81secretopenai0042. You can find your API key at https://platform.openai.com.',
    'invalid_request_error',
    'invalid_api_key',
  ),
  notFound: error(
    404,
    'The model `gpt-9` does not exist or you do not have access to it.',
    'invalid_request_error',
    'model_not_found',
  ),
  contextExceeded: error(
    400,
    "This model's maximum context length is 128000 tokens. However, your messages resulted in 150000 tokens.",
    'invalid_request_error',
    'context_length_exceeded',
    'messages',
  ),
  invalid: error(
    400,
    "Invalid 'temperature': decimal above maximum value. Expected a value <= 2.",
    'invalid_request_error',
    'decimal_above_max_value',
    'temperature',
  ),
  read: ({ path, headers, body }) => ({
    path,
    key: headers.authorization?.replace('Bearer ', ''),
    text: body.messages.at(-1).content,
    system: body.messages[0].role === 'system' ? body.messages[0].content : undefined,
    maxTokens: body.max_tokens,
    temperature: body.temperature,
    stop: body.stop,
    seed: body.seed,
    schema: body.response_format?.json_schema?.schema,
  }),
}
