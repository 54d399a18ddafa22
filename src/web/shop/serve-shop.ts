import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { LeapError } from '../../contracts/error.ts'
import { answerRequest, type ShopAnswer, type ShopSite } from './answer-request.ts'

export interface ServeShopOptions extends ShopSite {
  host: string
  /** 0: any that is free. */
  port: number
}

export interface ServedShop {
  /** `http://127.0.0.1:3000` */
  url: string
  close(): Promise<void>
}

/** Largest form that is read, bytes. */
const largestForm = 16_384

/** Serves the shop's pages. Throws a LeapError `PORT_TAKEN` where it cannot listen. */
export async function serveShop({ host, port, ...site }: ServeShopOptions): Promise<ServedShop> {
  const server = createServer((request, response) => {
    answer(site, request, host).then(
      (result) => send(response, request, result),
      () =>
        send(response, request, { status: 500, headers: { 'content-type': 'text/plain' }, body: 'The shop failed.\n' }),
    )
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) =>
      reject(
        new LeapError({
          code: 'PORT_TAKEN',
          message: `cannot listen at ${host}:${port}: ${cause.message}`,
          remedy: 'Choose another --port (0 = any that is free) or --host.',
          cause,
        }),
      ),
    )
    server.listen(port, host, resolve)
  })
  const { port: listening } = server.address() as AddressInfo
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${listening}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function answer(site: ShopSite, request: IncomingMessage, host: string): Promise<ShopAnswer> {
  if (!isOwnHost(request, host)) return plain(403, 'This shop is not served under that name.\n')
  if (!isOwnOrigin(request)) return plain(403, 'Forms of other sites are not taken.\n')
  const text = request.method === 'POST' ? await readForm(request) : ''
  if (text === undefined) return plain(413, 'The form is too large.\n')
  return answerRequest(site, {
    method: request.method ?? 'GET',
    url: request.url ?? '/',
    form: new URLSearchParams(text),
  })
}

/** A page of another site must not reach the shop of this machine by a name of its own that leads here (DNS rebinding). */
function isOwnHost({ headers }: IncomingMessage, host: string): boolean {
  const isLocal = host === '127.0.0.1' || host === 'localhost' || host === '::1'
  return !isLocal || /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?$/.test(headers.host ?? '')
}

function isOwnOrigin({ headers }: IncomingMessage): boolean {
  const { origin, host } = headers
  // "null": a browser keeps the origin to itself, as our referrer policy asks it to.
  return origin === undefined || origin === 'null' || origin === `http://${host}`
}

async function readForm(request: IncomingMessage): Promise<string | undefined> {
  const pieces: Buffer[] = []
  let size = 0
  for await (const piece of request as AsyncIterable<Buffer>) {
    size += piece.length
    if (size > largestForm) return undefined
    pieces.push(piece)
  }
  return Buffer.concat(pieces).toString('utf8')
}

const plain = (status: number, body: string): ShopAnswer => ({
  status,
  headers: { 'content-type': 'text/plain; charset=utf-8' },
  body,
})

function send(response: ServerResponse, { method }: IncomingMessage, { status, headers, body }: ShopAnswer): void {
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) })
  response.end(method === 'HEAD' ? undefined : body)
}
