import type { Reply } from '../payload-server.ts'
import type { ProviderPayloads } from './provider-payloads.ts'

const usageMetadata = {
  promptTokenCount: 12,
  candidatesTokenCount: 4,
  totalTokenCount: 16,
  promptTokensDetails: [{ modality: 'TEXT', tokenCount: 12 }],
}
const safetyRatings = [{ category: 'HARM_CATEGORY_DANGEROUS_CONTENT', probability: 'NEGLIGIBLE' }]

const content = (candidate: object, more: object = {}) => ({
  candidates: [{ index: 0, finishReason: 'STOP', safetyRatings, ...candidate }],
  usageMetadata,
  modelVersion: 'gemini-2.5-flash',
  responseId: 'mAitaLmkHPPlz7IPvtfUqQ4',
  ...more,
})
const says = (text: string) => ({ content: { parts: [{ text }], role: 'model' } })
const error = (code: number, status: string, message: string, details: readonly object[] = []): Reply => ({
  status: code,
  body: { error: { code, message, status, details } },
})

export const googlePayloads: ProviderPayloads = {
  model: 'google:gemini-2.5-flash',
  env: { GEMINI_API_KEY: 'AIzaSyD-verysecretgooglekey0042' },
  basePath: '/v1beta',
  success: { body: content(says('Hello there.')) },
  cached: { body: content(says('Hello there.'), { usageMetadata: { ...usageMetadata, cachedContentTokenCount: 8 } }) },
  truncated: { body: content({ ...says('Hello there.'), finishReason: 'MAX_TOKENS' }) },
  // Google does not tell what the model declined from what its filters withheld.
  refusal: { body: content({ finishReason: 'PROHIBITED_CONTENT' }) },
  refusalText: '',
  filtered: {
    body: {
      promptFeedback: { blockReason: 'SAFETY', safetyRatings },
      usageMetadata: { promptTokenCount: 12, totalTokenCount: 12 },
      modelVersion: 'gemini-2.5-flash',
    },
  },
  json: { body: content(says('{"answer":42}')) },
  stream: [{ ...content({ ...says('Hello'), finishReason: undefined }) }, content(says(' there.'))],
  streamError: [
    { ...content({ ...says('Hel'), finishReason: undefined }) },
    { error: { code: 503, message: 'The model is overloaded.', status: 'UNAVAILABLE' } },
  ],
  rateLimited: error(429, 'RESOURCE_EXHAUSTED', 'Resource has been exhausted (e.g. check quota).', [
    { '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '2s' },
  ]),
  overloaded: error(503, 'UNAVAILABLE', 'The model is overloaded. Please try again later.'),
  unauthorised: error(
    403,
    'PERMISSION_DENIED',
    'Method doesn’t allow unregistered callers, key AIzaSyD-verysecretgooglekey0042.',
  ),
  notFound: error(404, 'NOT_FOUND', 'models/gemini-9 is not found for API version v1beta.'),
  contextExceeded: error(
    400,
    'INVALID_ARGUMENT',
    'The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).',
  ),
  invalid: error(400, 'INVALID_ARGUMENT', 'Unable to submit request because it has a temperature value of 3.'),
  read: ({ path, headers, body }) => ({
    path,
    key: headers['x-goog-api-key'] as string | undefined,
    text: body.contents.at(-1).parts[0].text,
    system: body.systemInstruction?.parts[0].text,
    maxTokens: body.generationConfig.maxOutputTokens,
    temperature: body.generationConfig.temperature,
    stop: body.generationConfig.stopSequences,
    seed: body.generationConfig.seed,
    schema: body.generationConfig.responseSchema,
  }),
}
