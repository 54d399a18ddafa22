import { once } from 'node:events'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { GenerateRequest } from '../../contracts/model.ts'
import { systemClock } from '../../support/clock.ts'
import { tinyCheckpoint } from '../../transformer/testing.ts'
import { createLocalModel } from '../local/local-model.ts'
import { openModel } from '../open-model.ts'
import { type ModelServer, serveModel } from './serve-model.ts'
import { openServedModel, type ServedModel } from './served-model.ts'

const checkpoint = tinyCheckpoint()
let served: ServedModel
let server: ModelServer
const errors: unknown[] = []
beforeAll(async () => {
  served = await openServedModel(checkpoint, { name: 'student', threads: 0 })
  server = await serve({})
})
afterAll(async () => {
  await server.close()
  await served.model.close?.()
})

const serve = (more: Partial<Parameters<typeof serveModel>[0]>) =>
  serveModel({
    served,
    port: 0,
    clock: systemClock,
    drawSeed: () => 7,
    onError: (error) => errors.push(error),
    ...more,
  })
const messages = [
  { role: 'user', content: 'You are in the middle of a room. Your task is to: put a mug in the cabinet.' },
] as const
const post = async (
  body: unknown,
  { path = '/chat/completions', to = server, ...init }: RequestInit & { path?: string; to?: ModelServer } = {},
) => {
  const response = await fetch(`${to.url}${path}`, {
    method: 'POST',
    body: typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body),
    ...init,
  })
  const text = await response.text()
  return {
    status: response.status,
    headers: response.headers,
    text,
    json: text.startsWith('{') ? JSON.parse(text) : undefined,
  }
}
const chat = (more: object = {}) => ({ model: 'student', messages, temperature: 0, max_tokens: 12, ...more })

describe('a chat completion', () => {
  it('is in the shape that clients know, and what the model says in process', async () => {
    const { status, json } = await post(chat({ seed: 3, logprobs: true }))
    const expected = await served.model.generate({ messages, temperature: 0, maxTokens: 12, seed: 3, logprobs: true })
    expect(status).toBe(200)
    expect(json).toMatchObject({
      id: expect.stringMatching(/^chatcmpl-/),
      object: 'chat.completion',
      created: expect.any(Number),
      model: 'student',
      choices: [
        { index: 0, message: { role: 'assistant', content: expected.text }, finish_reason: expected.finishReason },
      ],
      usage: {
        prompt_tokens: expected.tokens.prompt,
        completion_tokens: expected.tokens.completion,
        total_tokens: expected.tokens.prompt + expected.tokens.completion,
      },
    })
    expect(json.choices[0].logprobs.content.map(({ logprob }: { logprob: number }) => logprob)).toEqual(
      expected.logprobs,
    )
    expect(json.choices[0].logprobs.content.map(({ token }: { token: string }) => token)).toEqual(expected.tokenTexts)
  })

  it('stops at stop strings, draws by seed, and gives as many choices as asked for', async () => {
    const sampled = await post(chat({ temperature: 1, seed: 5, n: 3 }))
    const texts = sampled.json.choices.map(({ message }: { message: { content: string } }) => message.content)
    for (const [index, text] of texts.entries()) {
      const alone = await post(chat({ temperature: 1, seed: 5 + index }))
      expect(alone.json.choices[0].message.content).toBe(text)
    }
    expect(new Set(texts).size).toBe(3)
    const stop = texts[0].slice(3, 5)
    const stopped = await post(chat({ temperature: 1, seed: 5, stop }))
    expect(stopped.json.choices[0]).toMatchObject({
      message: { content: texts[0].slice(0, texts[0].indexOf(stop)) },
      finish_reason: 'stop',
    })
  })

  it('takes what other clients send: parts of text, developer messages, nulls, fields that it does not know', async () => {
    const plain = await post(chat({ messages: [{ role: 'system', content: 'Act.' }, ...messages] }))
    const fancy = await post(
      chat({
        messages: [
          {
            role: 'developer',
            content: [
              { type: 'text', text: 'Act' },
              { type: 'text', text: '.' },
            ],
          },
          { ...messages[0], name: 'someone' },
        ],
        max_tokens: null,
        max_completion_tokens: 12,
        stop: null,
        tools: [],
        presence_penalty: 0,
        user: 'me',
        metadata: { a: '1' },
        response_format: { type: 'text' },
      }),
    )
    expect(fancy.json.choices).toEqual(plain.json.choices)
  })

  it('comes in pieces when streamed, which together are the whole', async () => {
    const body = chat({ temperature: 1, seed: 9, max_tokens: 24, logprobs: true })
    const whole = (await post(body)).json
    const { text, headers } = await post({ ...body, stream: true, stream_options: { include_usage: true } })
    expect(headers.get('content-type')).toContain('text/event-stream')
    const events = text.trim().split('\n\n')
    expect(events.pop()).toBe('data: [DONE]')
    const chunks = events.map((event) => JSON.parse(event.replace(/^data: /, '')))
    expect(chunks[0].choices[0].delta).toEqual({ role: 'assistant', content: '' })
    const deltas = chunks.flatMap(({ choices }) =>
      choices.map(({ delta }: { delta: { content?: string } }) => delta.content ?? ''),
    )
    expect(deltas.filter((delta) => delta !== '').length).toBeGreaterThan(3)
    expect(deltas.join('')).toBe(whole.choices[0].message.content)
    expect(chunks.at(-2).choices[0]).toMatchObject({
      finish_reason: whole.choices[0].finish_reason,
      logprobs: { content: whole.choices[0].logprobs.content },
    })
    expect(chunks.at(-1)).toMatchObject({ choices: [], usage: whole.usage })
  })

  it('stays the same however many are answered at once', async () => {
    const bodies = Array.from({ length: 24 }, (_, seed) => chat({ temperature: 0.9, seed, stream: seed % 2 === 0 }))
    const alone: string[] = []
    for (const body of bodies.slice(0, 6))
      alone.push((await post({ ...body, stream: false })).json.choices[0].message.content)
    const together = await Promise.all(bodies.map((body) => post(body)))
    const textOf = ({ text, json }: { text: string; json?: { choices: { message: { content: string } }[] } }) =>
      json
        ? json.choices[0]!.message.content
        : [...text.matchAll(/"content":("(?:[^"\\]|\\.)*")/g)].map(([, literal]) => JSON.parse(literal!)).join('')
    expect(together.slice(0, 6).map(textOf)).toEqual(alone)
  })
})

describe('other addresses', () => {
  it('list the model and tell health', async () => {
    const list = (await (await fetch(`${server.url}/models`)).json()) as { data: { id: string }[] }
    expect(list).toMatchObject({
      object: 'list',
      data: [{ id: 'student', object: 'model', owned_by: 'leap', max_model_len: 512 }],
    })
    expect(await (await fetch(`${server.url}/models/student`)).json()).toEqual(list.data[0])
    expect((await fetch(`${server.url}/models/other`)).status).toBe(404)
    expect(await (await fetch(server.url.replace('/v1', '/health'))).json()).toEqual({ status: 'ok', model: 'student' })
  })
})

describe('errors', () => {
  it.each([
    ['{"model": "student", ', 400, 'invalid_json', null],
    ['[1]', 400, 'invalid_type', null],
    [new Uint8Array([123, 34, 0xff, 34, 125]) as unknown, 400, 'invalid_json', null],
    [{ messages }, 400, 'missing_required_parameter', 'model'],
    [{ model: 'student' }, 400, 'missing_required_parameter', 'messages'],
    [chat({ messages: [] }), 400, 'invalid_value', 'messages'],
    [chat({ messages: [{ role: 'tool', content: 'x' }] }), 400, 'invalid_value', 'messages[0].role'],
    [
      chat({ messages: [{ role: 'user', content: [{ type: 'image_url', image_url: { url: 'x' } }] }] }),
      400,
      'invalid_type',
      'messages[0].content',
    ],
    [chat({ model: 'gpt-4o' }), 404, 'model_not_found', 'model'],
    [chat({ temperature: 'hot' }), 400, 'invalid_type', 'temperature'],
    [chat({ temperature: 3 }), 400, 'invalid_value', 'temperature'],
    [chat({ top_p: 0 }), 400, 'invalid_value', 'top_p'],
    [chat({ max_tokens: 0 }), 400, 'invalid_value', 'max_tokens'],
    [chat({ max_tokens: 1.5 }), 400, 'invalid_type', 'max_tokens'],
    [chat({ n: 1000 }), 400, 'invalid_value', 'n'],
    [chat({ stop: 3 }), 400, 'invalid_type', 'stop'],
    [chat({ stream: 'yes' }), 400, 'invalid_type', 'stream'],
    [chat({ tools: [{ type: 'function' }] }), 400, 'unsupported_parameter', 'tools'],
    [chat({ response_format: { type: 'json_object' } }), 400, 'unsupported_parameter', 'response_format'],
    [chat({ leap: { choice: { after: '', options: [] } } }), 400, 'invalid_value', 'leap.choice.options'],
    [chat({ leap: { typo: 1 } }), 400, 'invalid_value', 'leap'],
    [chat({ leap: { score: true } }), 400, 'invalid_value', 'leap.score'],
    [
      chat({ messages: [{ role: 'user', content: 'far too long '.repeat(400) }] }),
      400,
      'context_length_exceeded',
      'messages',
    ],
    [
      chat({ messages: [{ role: 'user', content: 'far too long '.repeat(400) }], stream: true }),
      400,
      'context_length_exceeded',
      'messages',
    ],
  ])('of case %# are told with status $1, code $2 and parameter $3', async (body, status, code, param) => {
    const answer = await post(body)
    expect(answer.status).toBe(status)
    expect(answer.json.error).toMatchObject({
      code,
      param,
      type: 'invalid_request_error',
      message: expect.stringMatching(/.{20}/),
    })
  })

  it('tell unknown addresses and methods', async () => {
    expect(await post({}, { path: '/embeddings' })).toMatchObject({
      status: 404,
      json: { error: { code: 'unknown_url' } },
    })
    const wrong = await fetch(`${server.url}/chat/completions`)
    expect(wrong.status).toBe(405)
    expect(wrong.headers.get('allow')).toBe('POST')
    expect(await post({}, { path: '/models' })).toMatchObject({
      status: 405,
      json: { error: { code: 'method_not_allowed' } },
    })
  })

  it('of the model itself are told without its insides, also in the middle of a stream', async () => {
    const failing = await serve({
      served: {
        ...served,
        model: {
          id: 'failing',
          async generate({ onText }: GenerateRequest) {
            onText?.('so far')
            throw new TypeError('secret insides')
          },
        },
      },
    })
    errors.length = 0
    const whole = await post(chat(), { to: failing })
    expect(whole).toMatchObject({ status: 500, json: { error: { type: 'server_error' } } })
    const streamed = await post(chat({ stream: true }), { to: failing })
    expect(streamed.status).toBe(200)
    expect(streamed.text).toContain('so far')
    expect(streamed.text).toContain('"type":"server_error"')
    expect(streamed.text).not.toContain('[DONE]')
    expect(whole.text + streamed.text).not.toContain('secret')
    expect(errors).toEqual([expect.any(TypeError)])
    await failing.close()
  })
})

describe('limits', () => {
  it('refuse bodies that are too large, announced or not', async () => {
    const small = await serve({ bodyLimit: 1000 })
    const announced = await post(chat({ user: 'x'.repeat(2000) }), { to: small })
    expect(announced).toMatchObject({ status: 413, json: { error: { code: 'request_too_large' } } })
    const { port } = new URL(small.url)
    const socket = connect(Number(port), '127.0.0.1')
    socket.write('POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n')
    socket.write(`7d0\r\n${'x'.repeat(2000)}\r\n`)
    const [data] = (await once(socket, 'data')) as [Buffer]
    expect(data.toString()).toMatch(/^HTTP\/1\.1 413 /)
    socket.destroy()
    await small.close()
  })

  it('ask clients to come back when too much is on its way', async () => {
    const busy = await serve({ inFlightLimit: 2 })
    const answer = await post(chat({ n: 3 }), { to: busy })
    expect(answer).toMatchObject({ status: 503, json: { error: { code: 'overloaded' } } })
    expect(answer.headers.get('retry-after')).toBe('1')
    expect((await post(chat({ n: 2 }), { to: busy })).status).toBe(200)
    await busy.close()
  })

  it('ask for the key, where there is one, everywhere but for health', async () => {
    const guarded = await serve({ apiKey: 'key-of-the-house' })
    const withKey = (key: string) => ({ to: guarded, headers: { authorization: `Bearer ${key}` } })
    expect(await post(chat(), { to: guarded })).toMatchObject({
      status: 401,
      json: { error: { code: 'invalid_api_key' } },
    })
    expect((await post(chat(), withKey('key-of-the-hous'))).status).toBe(401)
    expect((await post({}, { to: guarded, path: '/nowhere' })).status).toBe(401)
    expect((await post(chat(), withKey('key-of-the-house'))).status).toBe(200)
    expect((await fetch(guarded.url.replace('/v1', '/health'))).status).toBe(200)
    await guarded.close()
  })
})

describe('clients that leave, servers that stop', () => {
  /** A model that answers when it is told to. */
  const slow = () => {
    const begun = Promise.withResolvers<GenerateRequest>()
    const answer = Promise.withResolvers<void>()
    const model = {
      id: 'slow',
      async generate(request: GenerateRequest) {
        begun.resolve(request)
        await Promise.race([
          answer.promise,
          new Promise((_, reject) => request.signal!.addEventListener('abort', () => reject(request.signal!.reason))),
        ])
        return { text: 'late', finishReason: 'stop' as const, tokens: { prompt: 1, completion: 1 } }
      },
    }
    return { model, begun: begun.promise, answer: answer.resolve }
  }

  it('a client that goes away ends its generation', async () => {
    const { model, begun } = slow()
    const other = await serve({ served: { ...served, model } })
    const leaving = new AbortController()
    const call = post(chat(), { to: other, signal: leaving.signal })
    const { signal } = await begun
    const aborted = once(signal!, 'abort')
    leaving.abort()
    await expect(call).rejects.toThrow()
    await aborted
    await other.close()
  })

  it('a server that stops takes nothing new and finishes what it has begun', async () => {
    const { model, begun, answer } = slow()
    const other = await serve({ served: { ...served, model } })
    const call = post(chat(), { to: other })
    await begun
    const closed = other.close()
    await expect(fetch(`${other.url}/models`)).rejects.toThrow()
    answer()
    expect((await call).json.choices[0].message.content).toBe('late')
    await closed
    expect(other.answered).toBe(1)
  })

  it('a server that stops cuts what does not end in time', async () => {
    const { model, begun } = slow()
    const other = await serve({ served: { ...served, model } })
    const call = post(chat(), { to: other })
    await begun
    const cut = expect(call).rejects.toThrow()
    await other.close(10)
    await cut
  })

  it('an address that is taken is said, with what to do', async () => {
    const port = Number(new URL(server.url).port)
    await expect(serve({ port })).rejects.toMatchObject({
      code: 'SERVE_ADDRESS',
      remedy: expect.stringContaining('--port'),
    })
  })
})

describe('Leap as its own client', () => {
  it('gets over HTTP what it gets in process: the same texts for the same seeds, choices, sessions, log-probabilities and scores', async () => {
    const local = await createLocalModel({ checkpoint, threads: 0 })
    const remote = await openModel(`leap:student@${server.url}`, { env: {}, cwd: '.' })
    const requests = Array.from(
      { length: 18 },
      (_, index): GenerateRequest => ({
        messages,
        temperature: index % 3 === 0 ? 0 : 0.8,
        maxTokens: 4 + index,
        seed: 4_000_000_000 + index,
        ...(index % 2 ? { stop: ['\n', 'e'] } : {}),
        ...(index % 4 === 1 ? { topP: 0.7 } : {}),
        ...(index % 3 === 1 ? { choice: { after: '', options: ['go to cabinet 1', 'go to cabinet 12', 'look'] } } : {}),
        ...(index % 6 === 5 ? { choice: { after: '', options: ['look'], open: ['go to', 'search ['] } } : {}),
        ...(index === 2 ? { choice: { after: '', options: [], open: ['search ['] } } : {}),
        ...(index % 2 ? {} : { logprobs: true }),
        ...(index % 4 === 2 ? { session: `a/session ${index % 8}` } : {}),
      }),
    )
    const expected = await Promise.all(requests.map((request) => local.generate(request)))
    expect(await Promise.all(requests.map((request) => remote.generate(request)))).toEqual(expected)
    const pieces: string[] = []
    const streamed = await remote.generate({ ...requests[2]!, logprobs: false, onText: (piece) => pieces.push(piece) })
    expect(streamed.text).toBe(expected[2]!.text)
    expect(pieces.join('')).toBe(streamed.text)
    expect(pieces.length).toBeGreaterThan(1)
    const completion = 'go to cabinet 1'
    expect(await remote.score!({ messages, completion })).toEqual(await local.score!({ messages, completion }))
    remote.forget!('a/session 2')
    await local.close?.()
  })

  it('is served without a schema where it comes as any other client', async () => {
    const model = await openModel(`openai-compatible:student@${server.url}`, { env: {}, cwd: '.' })
    const schema = { name: 'answer', schema: { type: 'object', properties: {}, additionalProperties: false } }
    const result = await model.generate({ messages, temperature: 0, maxTokens: 6, seed: 1, schema })
    const plain = await served.model.generate({ messages, temperature: 0, maxTokens: 6, seed: 1 })
    expect(result).toMatchObject({ text: plain.text, structured: false })
  })

  it('is told what the server makes of a wrong request, as an error with a code', async () => {
    const stranger = await openModel(`leap:nobody@${server.url}`, { env: {}, cwd: '.' })
    const request = { messages, temperature: 0, maxTokens: 2, seed: 1 }
    await expect(stranger.generate(request)).rejects.toMatchObject({ code: 'MODEL_NOT_FOUND', status: 404 })
    const remote = await openModel('leap:student', { env: {}, cwd: '.', baseUrl: `${server.url}/` })
    const long = { ...request, messages: [{ role: 'user' as const, content: 'far too long '.repeat(400) }] }
    await expect(remote.generate(long)).rejects.toMatchObject({ code: 'MODEL_CONTEXT_EXCEEDED', retryable: false })
  })
})
