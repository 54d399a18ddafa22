import { openaiCompletion, openaiPayloads } from './openai.ts'
import type { ProviderPayloads } from './provider-payloads.ts'

const usage = { prompt_tokens: 12, total_tokens: 16, completion_tokens: 4, prompt_tokens_details: null }

/** As vLLM answers: fields of its own, nulls where OpenAI has objects, errors without the envelope's `type`. */
const says = (content: string, more: object = {}) =>
  openaiCompletion(
    { message: { role: 'assistant', content, reasoning_content: null, tool_calls: [] }, stop_reason: null, ...more },
    {
      model: 'qwen2.5',
      usage,
      prompt_logprobs: null,
      kv_transfer_params: null,
      service_tier: null,
      system_fingerprint: null,
    },
  )

export const compatiblePayloads: ProviderPayloads = {
  ...openaiPayloads,
  model: 'openai-compatible:qwen2.5',
  env: { OPENAI_COMPATIBLE_API_KEY: 'token-of-my-own-server-77' },
  success: says('Hello there.'),
  cached: openaiCompletion(
    { message: { role: 'assistant', content: 'Hello there.' } },
    { usage: { ...usage, prompt_tokens_details: { cached_tokens: 8 } } },
  ),
  truncated: says('Hello there.', { finish_reason: 'length' }),
  refusal: says("I'm sorry, I cannot help with that.", { finish_reason: 'content_filter' }),
  json: says('{"answer":42}'),
  unauthorised: { status: 401, body: { error: 'Unauthorized: token-of-my-own-server-77 is not a key' } },
  overloaded: {
    status: 503,
    body: '<html><body>503 Service Unavailable</body></html>',
    headers: { 'content-type': 'text/html' },
  },
  contextExceeded: {
    status: 400,
    body: {
      object: 'error',
      message: "This model's maximum context length is 4096 tokens. However, you requested 5000 tokens.",
      type: 'BadRequestError',
      param: null,
      code: 400,
    },
  },
}
