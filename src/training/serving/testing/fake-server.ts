import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Message } from '../../../contracts/model.ts'

export interface FakeServerOptions {
  kind?: 'vllm' | 'sglang'
  /** Name and place of the base. */
  base?: { id: string; root: string }
  maxRank?: number
  /** The rank that it finds in every adapter. */
  rankOf?: (path: string) => number
  /** What is wrong with it. */
  fault?: 'endpoint-off' | 'path-missing' | 'not-listed' | 'ignored' | 'key' | 'base-mismatch'
  key?: string
  port?: number
  /** What it says; the same words with other probabilities if it does not tell models apart. */
  answer?: (model: string, messages: readonly Message[]) => string
}

export interface FakeServer {
  url: string
  /** Method and path of every request, in order, with the models that were asked. */
  calls: string[]
  adapters: Map<string, string>
  close(): Promise<void>
}

const wordsOf = (text: string) => text.match(/\s*\S+|\s+/g) ?? []

/** Stands for vLLM or SGLang in tests, with answers in the shapes that were recorded from them. */
export async function startFakeServer(options: FakeServerOptions = {}): Promise<FakeServer> {
  const { kind = 'vllm', base = { id: 'base', root: '/models/base' }, maxRank = 16, rankOf = () => 8, fault } = options
  const { answer = () => 'I look around.' } = options
  const adapters = new Map<string, string>()
  const calls: string[] = []

  const load = ({ lora_name: name, lora_path: path }: Record<string, string>): [number, unknown] => {
    const failure = (status: number, message: string, type: string): [number, unknown] =>
      kind === 'vllm'
        ? [status, { error: { message, type, param: null, code: status } }]
        : [400, { success: false, error_message: message, loaded_adapters: Object.fromEntries(adapters) }]
    if (fault === 'endpoint-off') return [404, { detail: 'Not Found' }]
    if (fault === 'path-missing')
      return failure(404, `Loading lora ${name} failed: No adapter found for ${path}`, 'NotFoundError')
    if (fault === 'base-mismatch')
      return failure(400, 'size mismatch for q_proj: expected 4096, got 2048', 'BadRequestError')
    const rank = rankOf(path!)
    if (rank > maxRank)
      return failure(400, `LoRA rank ${rank} is greater than max_lora_rank ${maxRank}.`, 'BadRequestError')
    if (adapters.has(name!))
      return failure(
        400,
        `The lora adapter '${name}' has already been loaded. If you want to load the adapter in place, set 'load_inplace' to True.`,
        'InvalidUserInput',
      )
    adapters.set(name!, path!)
    if (kind === 'vllm') return [200, `Success: LoRA adapter '${name}' added successfully.`]
    return [200, { success: true, loaded_adapters: Object.fromEntries(adapters) }]
  }
  const chat = ({
    model,
    messages,
    logprobs,
  }: {
    model: string
    messages: Message[]
    logprobs?: boolean
  }): [number, unknown] => {
    const name = kind === 'sglang' ? model.replace(`${base.id}:`, '') : model
    const isAdapter = adapters.has(name)
    if (!isAdapter && model !== base.id)
      return [
        404,
        {
          error: {
            message: `The model \`${model}\` does not exist.`,
            type: 'NotFoundError',
            param: 'model',
            code: 404,
          },
        },
      ]
    const text = answer(fault === 'ignored' ? base.id : name, messages)
    const logprob = isAdapter && fault !== 'ignored' ? -0.5 : -1
    const content = wordsOf(text).map((token) => ({ token, logprob, bytes: [...Buffer.from(token)], top_logprobs: [] }))
    const choice = {
      index: 0,
      message: { role: 'assistant', content: text },
      finish_reason: 'stop',
      ...(logprobs ? { logprobs: { content } } : {}),
    }
    const usage = { prompt_tokens: 10, completion_tokens: content.length, total_tokens: 10 + content.length }
    return [200, { id: 'chatcmpl-1', object: 'chat.completion', created: 1, model, choices: [choice], usage }]
  }
  const models = () => {
    const entry = { object: 'model', created: 1, owned_by: kind, max_model_len: 4096 }
    const listed = fault === 'not-listed' || kind === 'sglang' ? [] : [...adapters]
    return {
      object: 'list',
      data: [
        { id: base.id, root: base.root, parent: null, ...entry },
        ...listed.map(([id, root]) => ({ id, root, parent: base.id, ...entry })),
      ],
    }
  }
  const prefix = kind === 'vllm' ? '/v1' : ''

  const server = createServer(async (request, response) => {
    const body = await readBody(request)
    calls.push(`${request.method} ${request.url}${body.model ? ` ${body.model}` : ''}`)
    const send = ([status, content]: [number, unknown]) => {
      const text = typeof content === 'string' ? content : JSON.stringify(content)
      response.writeHead(status, { 'content-type': typeof content === 'string' ? 'text/plain' : 'application/json' })
      response.end(text)
    }
    if (options.key !== undefined && request.headers.authorization !== `Bearer ${options.key}`)
      return send([401, { error: 'Unauthorized' }])
    if (request.url === '/health') return send([200, ''])
    if (request.url === '/v1/models') return send([200, models()])
    if (request.url === '/v1/chat/completions') return send(chat(body as never))
    if (request.url === `${prefix}/load_lora_adapter`) return send(load(body as never))
    if (request.url === `${prefix}/unload_lora_adapter`) {
      const name = String(body.lora_name)
      const found = adapters.delete(name)
      const message = `Success: LoRA adapter '${name}' removed successfully.`
      return send(kind === 'vllm' && found ? [200, message] : [found ? 200 : 404, { success: found }])
    }
    send([404, { detail: 'Not Found' }])
  })
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    calls,
    adapters,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function readBody(request: IncomingMessage): Promise<Record<string, unknown>> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return parts.length > 0 ? JSON.parse(Buffer.concat(parts).toString('utf8')) : {}
}
