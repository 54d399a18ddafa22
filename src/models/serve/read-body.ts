import type { IncomingMessage } from 'node:http'
import { ApiError } from './api-error.ts'

/** The JSON value of a request's body. Throws an ApiError for one that is too large or no JSON. */
export async function readJsonBody(request: IncomingMessage, limit: number): Promise<unknown> {
  const tooLarge = () =>
    new ApiError(413, `Expected a request body of at most ${limit} bytes.`, {
      code: 'request_too_large',
      // What is still on its way is not read.
      headers: { connection: 'close' },
    })
  if (Number(request.headers['content-length'] ?? 0) > limit) throw tooLarge()
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length > limit) throw tooLarge()
    chunks.push(chunk)
  }
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks)))
  } catch (cause) {
    const found = cause instanceof Error ? cause.message : String(cause)
    throw new ApiError(400, `We could not parse the JSON body of your request: ${found}.`, { code: 'invalid_json' })
  }
}
