import { LeapError } from '../../contracts/error.ts'

/** An error as OpenAI's API tells it. */
export class ApiError extends Error {
  readonly status: number
  readonly body: { error: { message: string; type: string; param: string | null; code: string | null } }
  /** Further response headers. */
  readonly headers: Readonly<Record<string, string>>

  constructor(
    status: number,
    message: string,
    {
      param = null,
      code = null,
      headers = {},
    }: { param?: string | null; code?: string | null; headers?: Record<string, string> } = {},
  ) {
    super(message)
    this.name = 'ApiError'
    this.status = status
    this.headers = headers
    this.body = { error: { message, type: typeOf(status), param, code } }
  }
}

function typeOf(status: number): string {
  if (status === 401) return 'authentication_error'
  if (status === 429) return 'rate_limit_error'
  return status >= 500 ? 'server_error' : 'invalid_request_error'
}

/** Errors of the generator that the request is to blame for: [code, parameter]. */
const causedByRequest: Readonly<Record<string, readonly [code: string, param: string]>> = {
  PROMPT_TOO_LONG: ['context_length_exceeded', 'messages'],
  PROMPT_EMPTY: ['invalid_value', 'messages'],
  CHAT_TEMPLATE: ['invalid_value', 'messages'],
  CHOICE_EMPTY: ['invalid_value', 'leap.choice.options'],
}

/** What a client is told about any error. Mistakes of ours are told without their insides. */
export function toApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error
  if (!LeapError.is(error)) return new ApiError(500, 'The server had an error while it processed the request.')
  const known = Object.hasOwn(causedByRequest, error.code) ? causedByRequest[error.code] : undefined
  if (known) return new ApiError(400, error.message, { code: known[0], param: known[1] })
  if (error.code === 'MODEL_CLOSED') return overloaded('The server is stopping.')
  return new ApiError(500, `The model failed: ${error.code}.`, { code: error.code.toLowerCase() })
}

/** Try again later. */
export function overloaded(message: string): ApiError {
  return new ApiError(503, message, { code: 'overloaded', headers: { 'retry-after': '1' } })
}
