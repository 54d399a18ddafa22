import { inspect } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { GenerateRequest } from '../../contracts/model.ts'
import { isInfrastructureFailure } from '../../execution/infrastructure-failure.ts'
import { instantClock } from '../../execution/testing/instant-clock.ts'
import { ModelError } from '../model-error.ts'
import { openModel } from '../open-model.ts'
import { type PayloadServer, type Reply, startPayloadServer } from '../testing/payload-server.ts'
import { anthropicPayloads } from '../testing/payloads/anthropic.ts'
import { compatiblePayloads } from '../testing/payloads/compatible.ts'
import { googlePayloads } from '../testing/payloads/google.ts'
import { openaiCompletion, openaiPayloads } from '../testing/payloads/openai.ts'
import type { ProviderPayloads } from '../testing/payloads/provider-payloads.ts'
import { withRetry } from '../wrappers/with-retry.ts'

let server: PayloadServer
beforeAll(async () => {
  server = await startPayloadServer()
})
afterAll(() => server.close())

const request: GenerateRequest = {
  messages: [
    { role: 'system', content: 'Be brief.' },
    { role: 'user', content: 'Say hello.' },
  ],
  temperature: 0.7,
  maxTokens: 50,
  stop: ['###'],
  seed: 3_000_000_000,
}
const schema = {
  name: 'answer',
  schema: {
    type: 'object',
    properties: { answer: { type: 'number' } },
    required: ['answer'],
    additionalProperties: false,
  },
}

describe.each([
  openaiPayloads,
  compatiblePayloads,
  anthropicPayloads,
  googlePayloads,
])('$model', (payloads: ProviderPayloads) => {
  const provider = payloads.model.split(':')[0]!
  const key = Object.values(payloads.env)[0]!
  const open = (more: { stream?: boolean } = {}) =>
    openModel(payloads.model, { env: payloads.env, cwd: '.', baseUrl: `${server.url}${payloads.basePath}`, ...more })
  /** The model's answer to a request that the server answers so. */
  const answer = async (
    replies: readonly Reply[],
    more: Partial<GenerateRequest> = {},
    options: { stream?: boolean } = {},
  ) => {
    server.requests.length = 0
    server.replies = [...replies]
    return (await open(options)).generate({ ...request, ...more })
  }
  const failure = async (replies: readonly Reply[], options: { stream?: boolean } = {}): Promise<ModelError> => {
    const error = await answer(replies, {}, options).then(
      (result) => expect.unreachable(`answered ${JSON.stringify(result)}`),
      (thrown: unknown) => thrown,
    )
    expect(error).toBeInstanceOf(ModelError)
    expect(
      isInfrastructureFailure(error) ||
        (error as ModelError).code === 'MODEL_AUTH' ||
        (error as ModelError).code === 'MODEL_NOT_FOUND',
    ).toBe(true)
    // Neither in the message nor in what a debugger or a log shows of it.
    expect(inspect(error, { depth: 10, showHidden: true })).not.toContain(key)
    expect(JSON.stringify(error)).not.toContain(key)
    return error as ModelError
  }

  it('sends what was asked, in the provider’s words, with the key where it belongs', async () => {
    const result = await answer([payloads.success])
    expect(result).toMatchObject({ text: 'Hello there.', finishReason: 'stop', tokens: { prompt: 12, completion: 4 } })
    expect(server.requests).toHaveLength(1)
    const sent = payloads.read(server.requests[0]!)
    expect(sent).toMatchObject({
      key,
      text: 'Say hello.',
      system: 'Be brief.',
      maxTokens: 50,
      temperature: 0.7,
      stop: ['###'],
      schema: undefined,
    })
    expect(sent.path.startsWith(payloads.basePath)).toBe(true)
    expect(sent.path).not.toContain(key)
    if (provider === 'anthropic') {
      expect(sent.seed).toBeUndefined()
      expect(result.ignored).toEqual(['seed'])
    } else {
      expect(sent.seed).toBe(provider === 'google' ? 3_000_000_000 - 2 ** 31 : 3_000_000_000)
      expect(result.ignored).toBeUndefined()
    }
  })

  it('tells what came from the provider’s cache', async () => {
    const { tokens, usage } = await answer([payloads.cached])
    expect(tokens).toEqual({ prompt: 12, completion: 4 })
    expect(usage).toMatchObject({ cachedPrompt: 8 })
  })

  it('asks for JSON where there is a schema, and says that it was honoured', async () => {
    const result = await answer([payloads.json], { schema })
    expect(result).toMatchObject({ text: '{"answer":42}', structured: true })
    expect(payloads.read(server.requests[0]!).schema).toMatchObject({
      type: 'object',
      properties: { answer: { type: 'number' } },
    })
  })

  it('leaves a schema out from then on when the provider refuses it', async () => {
    server.requests.length = 0
    server.replies = [{ status: 400, body: payloads.invalid.body }, payloads.json]
    const model = await open()
    for (let time = 0; time < 2; time++)
      expect(await model.generate({ ...request, schema })).toMatchObject({ text: '{"answer":42}', structured: false })
    expect(server.requests.map((one) => payloads.read(one).schema !== undefined)).toEqual([true, false, false])
  })

  it('cuts the text at a stop string that the provider let through', async () => {
    const result = await answer([payloads.success], { stop: [' there'] })
    expect(result).toMatchObject({ text: 'Hello', finishReason: 'stop' })
    const blank = await answer([payloads.success], { stop: [' ', '\n', 'a', 'b', 'c', 'd', 'e'] })
    expect(blank.text).toBe('H')
    const sent = payloads.read(server.requests[0]!).stop as string[]
    if (provider === 'anthropic') expect(sent).toEqual(['a', 'b', 'c', 'd', 'e'])
    else expect(sent.length).toBe({ openai: 4, google: 5 }[provider] ?? 7)
  })

  it('takes a refusal, a filter and a cut for what they are: answers', async () => {
    const unclear = provider === 'google' || provider === 'openai-compatible'
    expect(await answer([payloads.refusal])).toMatchObject({
      text: payloads.refusalText,
      finishReason: unclear ? 'content-filter' : 'refusal',
    })
    expect(await answer([payloads.filtered])).toMatchObject({
      text: '',
      finishReason: provider === 'anthropic' ? 'refusal' : 'content-filter',
    })
    expect(await answer([payloads.truncated])).toMatchObject({ text: 'Hello there.', finishReason: 'length' })
  })

  it.each([
    ['rateLimited', { code: 'MODEL_RATE_LIMITED', status: 429, retryable: true, retryAfter: '2', maybeBilled: false }],
    ['overloaded', { code: 'MODEL_OVERLOADED', retryable: true, maybeBilled: false }],
    ['unauthorised', { code: 'MODEL_AUTH', retryable: false }],
    ['notFound', { code: 'MODEL_NOT_FOUND', status: 404, retryable: false }],
    ['contextExceeded', { code: 'MODEL_CONTEXT_EXCEEDED', status: 400, retryable: false }],
    ['invalid', { code: 'MODEL_REQUEST_INVALID', status: 400, retryable: false }],
  ] as const)('tells %s', async (situation, expected) => {
    expect(await failure([payloads[situation]])).toMatchObject(expected)
  })

  it('is asked again after 429, as late as it said, and after what is torn', async () => {
    server.requests.length = 0
    const torn: Reply = { body: '{"id": "x", "cho', cut: true }
    server.replies = [payloads.rateLimited, payloads.overloaded, torn, payloads.success]
    const clock = instantClock()
    const model = withRetry(await open(), { seed: 1, clock, backoff: 100 })
    expect((await model.generate(request)).text).toBe('Hello there.')
    expect(server.requests).toHaveLength(4)
    expect(clock.sleeps[0]).toBeGreaterThanOrEqual(2000)
    expect(clock.sleeps[1]).toBeLessThanOrEqual(200)
  })

  it.each<[string, Reply]>([
    ['a web page', { body: '<!doctype html><title>Log in</title>', headers: { 'content-type': 'text/html' } }],
    ['half an answer', { body: '{"id": "x", "choices": [{"mess' }],
    ['an answer of another kind', { body: { hello: 'world' } }],
    ['an empty answer', { body: '' }],
    ['a connection that is cut', { body: '{"id": "x"', cut: true }],
  ])('takes %s for a failure that may have been billed', async (_, reply) => {
    const error = await failure([reply])
    expect(error).toMatchObject({ retryable: true, maybeBilled: true })
    expect(['MODEL_ANSWER_MALFORMED', 'MODEL_UNREACHABLE']).toContain(error.code)
  })

  it('reads a streamed answer', async () => {
    const pieces: string[] = []
    const result = await answer([{ events: payloads.stream }], { onText: (piece) => pieces.push(piece) })
    expect(result).toMatchObject({ text: 'Hello there.', finishReason: 'stop', tokens: { prompt: 12, completion: 4 } })
    expect(pieces).toEqual(['Hello', ' there.'])
    expect(await answer([{ events: payloads.stream }], {}, { stream: true })).toMatchObject({ text: 'Hello there.' })
  })

  it.each<[string, Reply]>([
    [
      'ends too early',
      {
        events: payloads.stream.slice(0, -3).length > 0 ? payloads.stream.slice(0, provider === 'google' ? 1 : -3) : [],
      },
    ],
    ['is cut', { events: payloads.stream.slice(0, provider === 'google' ? 1 : 3), cut: true }],
    ['holds no JSON', { events: [...payloads.stream.slice(0, provider === 'google' ? 1 : 3), '{"broken": '] }],
    ['holds an error', { events: payloads.streamError }],
    ['holds nothing', { events: [] }],
  ])('takes a stream that %s for a failure', async (_, reply) => {
    expect(await failure([reply], { stream: true })).toMatchObject({ retryable: true })
  })

  it('ends a call with the reason of its signal', async () => {
    const controller = new AbortController()
    const call = answer([{ hang: true }], { signal: controller.signal })
    await expect.poll(() => server.requests.length, { timeout: 60_000 }).toBe(1)
    controller.abort(new Error('enough'))
    await expect(call).rejects.toThrow('enough')
  })
})

describe('what only some providers have', () => {
  const open = (model: string, payloads: ProviderPayloads) =>
    openModel(model, { env: payloads.env, cwd: '.', baseUrl: `${server.url}${payloads.basePath}` })
  const logprobs = {
    content: [
      { token: 'Hello', logprob: -0.25, bytes: null, top_logprobs: [] },
      { token: ' there.', logprob: -1.5, bytes: null, top_logprobs: [] },
    ],
    refusal: null,
  }

  it.each([openaiPayloads, compatiblePayloads])('$model tells log-probabilities', async (payloads) => {
    server.requests.length = 0
    server.replies = [openaiCompletion({ message: { role: 'assistant', content: 'Hello there.' }, logprobs })]
    const result = await (await open(payloads.model, payloads)).generate({ ...request, logprobs: true })
    expect(server.requests[0]!.body.logprobs).toBe(true)
    expect(result).toMatchObject({ logprobs: [-0.25, -1.5], tokenTexts: ['Hello', ' there.'] })
    expect(result.ignored).toBeUndefined()
  })

  it('a server that leaves log-probabilities out is said to have ignored them', async () => {
    server.replies = [compatiblePayloads.success]
    const result = await (await open(compatiblePayloads.model, compatiblePayloads)).generate({
      ...request,
      logprobs: true,
      choice: { after: '', options: ['a'] },
      session: 's',
    })
    expect(result.ignored?.sort()).toEqual(['choice', 'logprobs'])
  })

  it('OpenAI’s reasoning models get no setting that they refuse, and hidden reasoning is counted', async () => {
    server.requests.length = 0
    const usage = {
      prompt_tokens: 12,
      completion_tokens: 104,
      total_tokens: 116,
      completion_tokens_details: { reasoning_tokens: 100 },
    }
    server.replies = [
      openaiCompletion({ message: { role: 'assistant', content: 'Hello there.' } }, { model: 'o4-mini', usage }),
    ]
    const result = await (await open('openai:o4-mini', openaiPayloads)).generate({
      ...request,
      topP: 0.9,
      stop: [' there'],
      logprobs: true,
    })
    expect(server.requests[0]!.body).toMatchObject({ max_completion_tokens: 50 })
    for (const name of ['temperature', 'top_p', 'stop', 'logprobs', 'max_tokens'])
      expect(server.requests[0]!.body).not.toHaveProperty(name)
    expect(result).toMatchObject({ text: 'Hello', usage: { reasoning: 100 }, tokens: { completion: 104 } })
    expect(result.ignored).toEqual(expect.arrayContaining(['temperature', 'topP', 'logprobs']))
  })

  it('Anthropic’s older models give structured output by a tool', async () => {
    server.requests.length = 0
    server.replies = [
      {
        body: {
          ...(anthropicPayloads.success.body as object),
          stop_reason: 'tool_use',
          content: [{ type: 'tool_use', id: 'toolu_01', name: 'json', input: { answer: 42 } }],
        },
      },
    ]
    const result = await (await open('anthropic:claude-3-5-haiku-latest', anthropicPayloads)).generate({
      ...request,
      schema,
    })
    expect(server.requests[0]!.body.tool_choice).toMatchObject({ type: 'any' })
    expect(result).toMatchObject({ structured: true, finishReason: 'stop' })
    expect(JSON.parse(result.text)).toEqual({ answer: 42 })
  })

  it('an account without credit is told at once, and not asked again', async () => {
    server.requests.length = 0
    const message = 'You exceeded your current quota, please check your plan and billing details.'
    server.replies = [
      {
        status: 429,
        body: { error: { message, type: 'insufficient_quota', param: null, code: 'insufficient_quota' } },
      },
    ]
    const model = withRetry(await open(openaiPayloads.model, openaiPayloads), { seed: 1, clock: instantClock() })
    await expect(model.generate(request)).rejects.toMatchObject({ code: 'MODEL_QUOTA', retryable: false })
    expect(server.requests).toHaveLength(1)
  })

  it('Google’s limits per minute, which it calls a quota, are waited for', async () => {
    const message =
      'You exceeded your current quota, please check your plan and billing details.\n* Quota exceeded for metric: generativelanguage.googleapis.com/generate_content_free_tier_requests, limit: 10\nPlease retry in 7.2s.'
    server.replies = [
      {
        status: 429,
        body: {
          error: {
            ...{ code: 429, message, status: 'RESOURCE_EXHAUSTED' },
            details: [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '7s' }],
          },
        },
      },
      googlePayloads.success,
    ]
    const clock = instantClock()
    const model = withRetry(await open(googlePayloads.model, googlePayloads), { seed: 1, clock })
    expect((await model.generate(request)).text).toBe('Hello there.')
    expect(clock.sleeps[0]).toBeGreaterThanOrEqual(7000)
  })

  it.each<[string, Record<string, unknown>, object]>([
    ['openai:gpt-5', { reasoningEffort: 'low' }, { reasoning_effort: 'low' }],
    ['anthropic:claude-sonnet-4-5', { thinking: { type: 'enabled', budgetTokens: 1024 } }, { thinking: {} }],
    [
      'google:gemini-2.5-flash',
      { thinkingConfig: { thinkingBudget: 0 } },
      { generationConfig: { thinkingConfig: {} } },
    ],
    [
      'openai-compatible:x',
      { chat_template_kwargs: { enable_thinking: false } },
      { chat_template_kwargs: { enable_thinking: false } },
    ],
  ])('%s gets %j as its provider calls it', async (model, providerOptions, sent) => {
    const payloads = [openaiPayloads, anthropicPayloads, googlePayloads, compatiblePayloads].find((one) =>
      one.model.startsWith(`${model.split(':')[0]}:`),
    )!
    server.requests.length = 0
    server.replies = [payloads.success]
    const options = { env: payloads.env, cwd: '.', baseUrl: `${server.url}${payloads.basePath}` }
    await (await openModel(model, { ...options, providerOptions })).generate(request)
    expect(server.requests).toHaveLength(1)
    expect(server.requests[0]!.body).toMatchObject(sent)
    if (model.startsWith('openai-compatible')) return
    // A name that the client does not know would be dropped without a word, and a value of another kind would be asked again and again.
    const misspelt = openModel(model, { ...options, providerOptions: { ...providerOptions, reasoningEfort: 'low' } })
    await expect(misspelt).rejects.toMatchObject({
      code: 'MODEL_OPTION_UNKNOWN',
      message: expect.stringContaining('"reasoningEfort"'),
    })
    const wrong = openModel(model, {
      ...options,
      providerOptions: Object.fromEntries(Object.keys(providerOptions).map((name) => [name, 17])),
    })
    await expect(wrong).rejects.toMatchObject({ code: 'MODEL_REQUEST_INVALID', retryable: false })
    expect(server.requests).toHaveLength(1)
  })

  it('a server that is not there is named', async () => {
    const gone = await startPayloadServer()
    await gone.close()
    const model = await openModel(`openai-compatible:x@${gone.url}/v1`, { env: {}, cwd: '.' })
    await expect(model.generate(request)).rejects.toMatchObject({
      code: 'MODEL_UNREACHABLE',
      message: expect.stringContaining(`nobody answers at ${gone.url}/v1`),
      retryable: true,
      maybeBilled: false,
    })
  })
})
