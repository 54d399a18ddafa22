import { createHash, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { LeapError } from '../../contracts/error.ts'
import type { Clock } from '../../support/clock.ts'
import { ApiError, overloaded, toApiError } from './api-error.ts'
import { answerChat } from './chat-completions.ts'
import { parseChatRequest } from './chat-request.ts'
import { readJsonBody } from './read-body.ts'
import { sendJson } from './send-json.ts'
import type { ServedModel } from './served-model.ts'
import { createSessionLimit } from './session-limit.ts'

export interface ServeOptions {
  served: ServedModel
  /** Default 127.0.0.1: this machine only. */
  host?: string
  /** 0 = any that is free. */
  port: number
  /** Clients must send it as `Authorization: Bearer <key>`. */
  apiKey?: string | undefined
  clock: Clock
  /** A seed for requests that bring none. */
  drawSeed: () => number
  /** Most bytes of a request body. Default 16 MiB. */
  bodyLimit?: number
  /** Answers (choices) on their way at once; more are told to come back later. Default 1024. */
  inFlightLimit?: number
  /** Told about errors that are the server's own. */
  onError?: (error: unknown) => void
}

export interface ModelServer {
  /** `http://127.0.0.1:8000/v1` */
  readonly url: string
  /** Requests answered so far, errors included. */
  readonly answered: number
  /** Stops listening, lets what is on its way finish for at most so many milliseconds, then cuts it. The model stays open. */
  close(grace?: number): Promise<void>
}

/** Sessions that are kept before the one used least recently is forgotten. */
const sessionLimit = 4096

type Handler = (request: IncomingMessage, response: ServerResponse, argument: string) => Promise<void> | void

/**
 * An OpenAI-compatible server: `POST /v1/chat/completions`, `GET /v1/models`, `GET /health`, and `DELETE /v1/sessions/<id>`. Requests at the
 * same time are answered in one batch, since the local model does so. Throws a LeapError `SERVE_ADDRESS` if it cannot listen.
 */
export async function serveModel(options: ServeOptions): Promise<ModelServer> {
  const {
    served,
    host = '127.0.0.1',
    port,
    apiKey,
    clock,
    drawSeed,
    bodyLimit = 2 ** 24,
    inFlightLimit = 1024,
    onError,
  } = options
  const { name, model, contextLength } = served
  const started = Math.floor(clock.now() / 1000)
  const card = { id: name, object: 'model', created: started, owned_by: 'leap', max_model_len: contextLength }
  const sessions = createSessionLimit(sessionLimit, (session) => model.forget?.(session))
  let count = 0
  let answered = 0
  let inFlight = 0
  let closing = false

  const chat: Handler = async (request, response) => {
    const asked = parseChatRequest(await readJsonBody(request, bodyLimit), contextLength)
    if (asked.model !== name) throw unknownModel(asked.model, name)
    if (inFlight + asked.choices > inFlightLimit) throw overloaded('Too many requests are on their way.')
    const gone = new AbortController()
    response.on('close', () => {
      if (!response.writableFinished) gone.abort(new Error('the client is gone'))
    })
    if (asked.settings.session !== undefined) sessions.use(asked.settings.session)
    const head = {
      id: `chatcmpl-${started.toString(36)}${(++count).toString(36)}`,
      created: Math.floor(clock.now() / 1000),
      model: name,
    }
    inFlight += asked.choices
    try {
      await answerChat(asked, response, { served, head, seed: asked.seed ?? drawSeed(), signal: gone.signal })
    } finally {
      inFlight -= asked.choices
    }
  }
  const routes: readonly { path: RegExp; methods: Readonly<Record<string, Handler>>; open?: true }[] = [
    { path: /^\/v1\/chat\/completions$/, methods: { POST: chat } },
    {
      path: /^\/v1\/models$/,
      methods: { GET: (_, response) => sendJson(response, 200, { object: 'list', data: [card] }) },
    },
    {
      path: /^\/v1\/models\/(.+)$/,
      methods: {
        GET(_, response, id) {
          if (id !== name) throw unknownModel(id, name)
          sendJson(response, 200, card)
        },
      },
    },
    {
      path: /^\/v1\/sessions\/(.+)$/,
      methods: {
        DELETE(_, response, session) {
          sessions.forget(session)
          sendJson(response, 200, { id: session, object: 'session.deleted', deleted: true })
        },
      },
    },
    {
      path: /^\/health$/,
      methods: { GET: (_, response) => sendJson(response, 200, { status: 'ok', model: name }) },
      open: true,
    },
  ]

  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    const route = routes.find(({ path }) => path.test(pathname))
    if (!route?.open && apiKey !== undefined) checkKey(request, apiKey)
    if (!route) throw new ApiError(404, `Unknown request URL: ${request.method} ${pathname}.`, { code: 'unknown_url' })
    const handler = Object.hasOwn(route.methods, request.method ?? '') ? route.methods[request.method!] : undefined
    if (handler) return handler(request, response, decode(route.path.exec(pathname)![1] ?? ''))
    const allow = Object.keys(route.methods).join(', ')
    throw new ApiError(405, `Method ${request.method} is not allowed for ${pathname}; allowed: ${allow}.`, {
      code: 'method_not_allowed',
      headers: { allow },
    })
  }
  const server = createServer((request, response) => {
    // A connection that is kept for a next request would keep a stopping server waiting.
    response.on('finish', () => {
      if (closing) setImmediate(() => server.closeIdleConnections())
    })
    void (async () => handle(request, response))()
      .catch((error: unknown) => {
        if (response.destroyed || response.writableEnded) return
        const told = toApiError(error)
        if (told.status === 500) onError?.(error)
        if (response.headersSent) response.destroy()
        else sendJson(response, told.status, told.body, told.headers)
      })
      .finally(() => answered++)
  })
  // Longer than clients keep connections, so that none is cut in the moment in which it is used again.
  server.keepAliveTimeout = 75_000
  await listen(server, host, port)
  const address = server.address() as AddressInfo
  return {
    url: `http://${address.family === 'IPv6' ? `[${address.address}]` : address.address}:${address.port}/v1`,
    get answered() {
      return answered
    },
    async close(grace = 30_000) {
      closing = true
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      const late = new AbortController()
      clock.sleep(grace, late.signal).then(
        () => server.closeAllConnections(),
        () => {},
      )
      await closed
      late.abort()
    },
  }
}

function unknownModel(asked: string, name: string): ApiError {
  return new ApiError(404, `The model '${asked}' does not exist; this server has '${name}'.`, {
    param: 'model',
    code: 'model_not_found',
  })
}

function decode(argument: string): string {
  try {
    return decodeURIComponent(argument)
  } catch {
    throw new ApiError(400, 'The address holds a percent sign that encodes nothing.', { code: 'invalid_url' })
  }
}

/** Compares digests, so that the time it takes tells nothing about the key. */
function checkKey({ headers }: IncomingMessage, key: string): void {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  const [, given = ''] = /^Bearer\s+(.+)$/i.exec(headers.authorization ?? '') ?? []
  if (timingSafeEqual(digest(given), digest(key))) return
  throw new ApiError(401, given === '' ? 'You did not provide an API key.' : 'Incorrect API key provided.', {
    code: 'invalid_api_key',
    headers: { 'www-authenticate': 'Bearer' },
  })
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) =>
      reject(
        new LeapError({
          code: 'SERVE_ADDRESS',
          message: `expected to listen at ${host}, port ${port}, found that this is not possible (${cause.code})`,
          remedy:
            cause.code === 'EADDRINUSE'
              ? 'Something listens there already: choose another --port (0 = any that is free).'
              : 'Choose another --host or --port.',
          cause,
        }),
      ),
    )
    server.listen(port, host, resolve)
  })
}
