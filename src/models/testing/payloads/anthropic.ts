import type { Reply } from '../payload-server.ts'
import type { ProviderPayloads } from './provider-payloads.ts'

const message = (content: readonly object[], more: object = {}, usage: object = {}): Reply => ({
  body: {
    id: 'msg_01XFDUDYJgAACzvnptvVoYEL',
    type: 'message',
    role: 'assistant',
    model: 'claude-sonnet-4-5-20250929',
    content,
    stop_reason: 'end_turn',
    stop_sequence: null,
    ...more,
    usage: {
      input_tokens: 12,
      cache_creation_input_tokens: 0,
      cache_read_input_tokens: 0,
      output_tokens: 4,
      service_tier: 'standard',
      ...usage,
    },
  },
})
const text = (said: string) => ({ type: 'text', text: said })
const error = (status: number, type: string, said: string): Reply => ({
  status,
  headers: { 'request-id': 'req_018EeWyXxfu5pfWkrYcMdjWG' },
  body: { type: 'error', error: { type, message: said }, request_id: 'req_018EeWyXxfu5pfWkrYcMdjWG' },
})

const start = {
  type: 'message_start',
  message: {
    id: 'msg_1nZdL29xx5MUA1yADyHTEsnR8uuvGzszyY',
    type: 'message',
    role: 'assistant',
    content: [],
    model: 'claude-sonnet-4-5-20250929',
    stop_reason: null,
    stop_sequence: null,
    usage: { input_tokens: 12, output_tokens: 1 },
  },
}
const block = { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } }
const delta = (said: string) => ({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: said } })

export const anthropicPayloads: ProviderPayloads = {
  model: 'anthropic:claude-sonnet-4-5',
  env: { ANTHROPIC_API_KEY: 'sk-ant-api03-verysecret-0042' },
  basePath: '/v1',
  success: message([text('Hello there.')]),
  cached: message([text('Hello there.')], {}, { input_tokens: 4, cache_read_input_tokens: 8 }),
  truncated: message([text('Hello there.')], { stop_reason: 'max_tokens' }),
  refusal: message([text('I must decline.')], { stop_reason: 'refusal' }),
  refusalText: 'I must decline.',
  // Anthropic knows one reason only for what it withholds.
  filtered: message([], { stop_reason: 'refusal' }),
  json: message([text('{"answer":42}')]),
  stream: [
    start,
    block,
    { type: 'ping' },
    delta('Hello'),
    delta(' there.'),
    { type: 'content_block_stop', index: 0 },
    { type: 'message_delta', delta: { stop_reason: 'end_turn', stop_sequence: null }, usage: { output_tokens: 4 } },
    { type: 'message_stop' },
  ],
  streamError: [
    start,
    block,
    delta('Hel'),
    { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } },
  ],
  rateLimited: {
    ...error(
      429,
      'rate_limit_error',
      'This request would exceed your organization’s rate limit of 50 requests per minute.',
    ),
    headers: { 'retry-after': '2', 'anthropic-ratelimit-requests-remaining': '0' },
  },
  overloaded: error(529, 'overloaded_error', 'Overloaded'),
  unauthorised: error(401, 'authentication_error', 'invalid x-api-key: sk-ant-api03-verysecret-0042'),
  notFound: error(404, 'not_found_error', 'model: claude-nine'),
  contextExceeded: error(400, 'invalid_request_error', 'prompt is too long: 210000 tokens > 200000 maximum'),
  invalid: error(
    400,
    'invalid_request_error',
    'max_tokens: 100000 > 64000, which is the maximum allowed number of output tokens',
  ),
  read: ({ path, headers, body }) => ({
    path,
    key: headers['x-api-key'] as string | undefined,
    text: body.messages.at(-1).content[0].text,
    system: body.system?.[0].text,
    maxTokens: body.max_tokens,
    temperature: body.temperature,
    stop: body.stop_sequences,
    seed: body.seed,
    schema: (body.output_format ?? body.output_config?.format)?.schema,
  }),
}
