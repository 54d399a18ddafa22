import { LeapError } from '../../contracts/error.ts'
import { redactKeys } from '../../models/keys/redact.ts'

export interface ServerConnection {
  url: string
  fetch: typeof globalThis.fetch
  /** Sent as a bearer token; never shown. */
  key?: string | undefined
  /** Milliseconds that one request may take. */
  timeout: number
}

export interface ServerAnswer {
  status: number
  text: string
  /** The text as JSON, if it is some. */
  json: unknown
}

/**
 * One request to a server of models. Answers of any status are returned; throws SERVER_UNREACHABLE if there is none, and the signal's reason when
 * it aborts.
 */
export async function requestServer(
  { url, fetch, key, timeout }: ServerConnection,
  path: string,
  { body, signal }: { body?: unknown; signal?: AbortSignal | undefined } = {},
): Promise<ServerAnswer> {
  const address = `${url.replace(/\/+$/, '')}${path}`
  const limit = AbortSignal.timeout(timeout)
  try {
    const response = await fetch(address, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
    })
    const text = await response.text()
    return { status: response.status, text, json: parseBody(text) }
  } catch (cause) {
    signal?.throwIfAborted()
    const why = limit.aborted ? `no answer within ${timeout / 1000} s` : reason(cause)
    throw new LeapError({
      code: 'SERVER_UNREACHABLE',
      message: redactKeys(`expected a server of models at ${address}: ${why}`, key === undefined ? [] : [key]),
      remedy: 'Start the server and give its address as serving.url, or let Leap start it (serving.start).',
      cause,
    })
  }
}

/** What a server says went wrong, in whichever of the usual shapes: `{error: {message}}`, `{message}`, `{detail}`, `{error_message}`, text. */
export function messageOf({ status, text, json }: ServerAnswer): string {
  const value = json as Record<string, unknown> | null | undefined
  if (typeof value === 'object' && value !== null) {
    const inner = value.error
    const candidates = [
      typeof inner === 'object' && inner !== null ? (inner as { message?: unknown }).message : inner,
      value.message,
      value.error_message,
      value.detail,
    ]
    const found = candidates.find((one) => typeof one === 'string' && one !== '')
    if (found !== undefined) return `${status}, ${found}`
  }
  return `${status}${text.trim() === '' ? '' : `, ${text.trim().slice(0, 300)}`}`
}

/** JSON, or undefined for what is none. */
export function parseBody(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** `fetch failed` alone says nothing; its cause does. */
function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const { cause } = error
  return cause instanceof Error && cause.message !== '' ? `${error.message}: ${cause.message}` : error.message
}
