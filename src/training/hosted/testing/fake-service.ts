import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface FakeService {
  url: string
  calls: string[]
  files: Map<string, { name: string; content: string }>
  jobs: Record<string, unknown>[]
  /** Models that were asked to answer, each once. */
  asked: Set<string>
  /** While this is true no job ends. */
  hold: boolean
  close(): Promise<void>
}

/**
 * Stands for a service that fine-tunes, in the shapes of OpenAI's API. A job runs for `polls` questions and then ends as told. `busy` answers the first
 * so many questions with 503; `answer` lets the models talk.
 */
export async function startFakeService(
  options: {
    polls?: number
    end?: 'succeeded' | 'failed'
    busy?: number
    metadata?: boolean
    answer?: (model: string, prompt: string) => string
  } = {},
): Promise<FakeService> {
  const { polls = 2, end = 'succeeded', metadata = true, answer = () => 'I wait.' } = options
  let { busy = 0 } = options
  const files: FakeService['files'] = new Map()
  const jobs: Record<string, unknown>[] = []
  const polled = new Map<string, number>()
  const asked: FakeService['asked'] = new Set()
  const calls: string[] = []
  const service: FakeService = {
    url: '',
    calls,
    files,
    jobs,
    asked,
    hold: false,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  const server = createServer(async (request, response) => {
    const [path = ''] = request.url!.split('?')
    const body = await readBody(request)
    calls.push(`${request.method} ${path}`)
    const send = (status: number, content: unknown) => {
      response.writeHead(status, { 'content-type': 'application/json' })
      response.end(JSON.stringify(content))
    }
    if (request.headers.authorization !== 'Bearer key-1')
      return send(401, {
        error: { message: `Incorrect API key provided: ${request.headers.authorization}`, code: 'invalid_api_key' },
      })
    if (busy-- > 0) return send(503, { error: { message: 'The server is overloaded' } })
    if (path === '/v1/files' && request.method === 'POST') {
      const name = /filename="([^"]+)"/.exec(body)![1]!
      const content = body.slice(body.indexOf('\r\n\r\n', body.indexOf('filename=')) + 4, body.lastIndexOf('\r\n--'))
      const id = `file-${files.size + 1}`
      files.set(id, { name, content })
      return send(200, {
        id,
        object: 'file',
        bytes: content.length,
        filename: name,
        purpose: 'fine-tune',
        status: 'processed',
      })
    }
    if (path === '/v1/files')
      return send(200, { object: 'list', data: [...files].map(([id, { name }]) => ({ id, filename: name })) })
    if (path === '/v1/fine_tuning/jobs' && request.method === 'POST') {
      const asking = JSON.parse(body)
      const job = {
        object: 'fine_tuning.job',
        id: `ftjob-${jobs.length + 1}`,
        status: 'queued',
        ...asking,
        ...(metadata ? {} : { metadata: null }),
      }
      jobs.push(job)
      return send(200, { ...job, fine_tuned_model: null, error: null })
    }
    if (path === '/v1/fine_tuning/jobs') return send(200, { object: 'list', data: jobs })
    const [, id, events] = /^\/v1\/fine_tuning\/jobs\/([^/]+)(\/events)?$/.exec(path) ?? []
    const job = jobs.find((one) => one.id === id)
    if (job && events)
      return send(200, {
        data: [
          {
            type: 'metrics',
            message: 'Step 2/2: training loss=0.40',
            data: { step: 2, train_loss: 0.4, total_steps: 2 },
          },
          { type: 'message', message: 'Step 1/2: training loss=0.90', data: null },
          { type: 'message', message: 'Fine-tuning job started', data: {} },
        ],
      })
    if (job) {
      const count = (polled.get(id!) ?? 0) + 1
      polled.set(id!, count)
      if (count <= polls || service.hold) return send(200, { ...job, status: 'running', fine_tuned_model: null })
      job.status = end
      const over = { ...job, trained_tokens: 1234 }
      if (end === 'failed')
        return send(200, { ...over, fine_tuned_model: null, error: { code: 'bad', message: 'Row 3 is too long' } })
      // Named after the model at the root, also where a tuned one was tuned further.
      const [, origin = job.model] = /^ft:([^:]+)/.exec(String(job.model)) ?? []
      return send(200, { ...over, fine_tuned_model: `ft:${String(origin)}:${String(job.suffix)}` })
    }
    if (path === '/v1/chat/completions') {
      const { model, messages } = JSON.parse(body)
      asked.add(model)
      const message = { role: 'assistant', content: answer(model, messages.at(-1).content) }
      const usage = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 }
      return send(200, {
        id: 'c',
        object: 'chat.completion',
        created: 1,
        model,
        choices: [{ index: 0, message, finish_reason: 'stop' }],
        usage,
      })
    }
    send(404, { error: { message: `no such thing: ${path}` } })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  service.url = `http://127.0.0.1:${port}/v1`
  return service
}

async function readBody(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts).toString('utf8')
}
