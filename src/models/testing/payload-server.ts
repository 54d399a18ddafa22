import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What the server does with a request. */
export interface Reply {
  status?: number
  headers?: Record<string, string>
  /** An object is sent as JSON. */
  body?: unknown
  /** Server-sent events, an object as the JSON of one. Instead of `body`. */
  events?: readonly unknown[]
  /** The connection is cut after the body instead of being ended. */
  cut?: true
  /** No answer ever. */
  hang?: true
}

export interface ReceivedRequest {
  method: string
  path: string
  headers: IncomingMessage['headers']
  // What providers take differs, and tests look into it.
  // biome-ignore lint/suspicious/noExplicitAny: see above
  body: any
}

/** A provider made of recorded answers: the next one for every request, the last one from then on. */
export interface PayloadServer {
  /** `http://127.0.0.1:<port>` */
  readonly url: string
  readonly requests: ReceivedRequest[]
  /** What it answers from now on. */
  replies: Reply[]
  close(): Promise<void>
}

export async function startPayloadServer(): Promise<PayloadServer> {
  const state = { requests: [] as ReceivedRequest[], replies: [] as Reply[] }
  const server = createServer(async (request, response) => {
    let text = ''
    for await (const chunk of request) text += chunk
    const { method = '', url = '', headers } = request
    state.requests.push({ method, path: url, headers, body: text === '' ? undefined : JSON.parse(text) })
    const reply = state.replies.length > 1 ? state.replies.shift()! : state.replies[0]!
    if (reply.hang) return
    const json = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value))
    const body = reply.events ? reply.events.map((event) => `${sse(event, json)}\n\n`).join('') : json(reply.body ?? '')
    response.writeHead(reply.status ?? 200, {
      // A kept connection that is closed in the moment in which it is used again would be a failure that no test asked for.
      connection: 'close',
      'content-type': reply.events ? 'text/event-stream' : 'application/json',
      ...(reply.cut ? { 'content-length': Buffer.byteLength(body) + 1000 } : {}),
      ...reply.headers,
    })
    if (!reply.cut) return response.end(body)
    response.write(body, () => setTimeout(() => response.destroy(), 5))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return Object.assign(state, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  })
}

/** Anthropic names its events, and the name is in the data, too. */
function sse(event: unknown, json: (value: unknown) => string): string {
  const named = typeof event === 'object' && event !== null && 'type' in event ? `event: ${event.type}\n` : ''
  return `${named}data: ${json(event)}`
}
