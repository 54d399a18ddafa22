import { LeapError, type LeapErrorOptions } from '../contracts/error.ts'

export interface ModelErrorOptions extends LeapErrorOptions {
  /** HTTP status, where the provider answered with one. */
  status?: number | undefined
  /** True where the same call may succeed later. */
  retryable?: boolean
  /** The provider's Retry-After header: seconds, or a date. */
  retryAfter?: string | undefined
  /** True where the call may have been billed although no answer arrived (a time-out, a connection cut after the request was sent). */
  maybeBilled?: boolean
}

/**
 * A call to a model that did not give an answer. The codes: `MODEL_AUTH`, `MODEL_NOT_FOUND`, `MODEL_REQUEST_INVALID`, `MODEL_CONTEXT_EXCEEDED`,
 * `MODEL_QUOTA`, `MODEL_RATE_LIMITED`, `MODEL_OVERLOADED`, `MODEL_UNREACHABLE`, `MODEL_TIMEOUT`, `MODEL_ANSWER_MALFORMED`.
 * Messages hold no keys.
 */
export class ModelError extends LeapError {
  readonly status: number | undefined
  readonly retryable: boolean
  readonly retryAfter: string | undefined
  readonly maybeBilled: boolean

  constructor({ status, retryable = false, retryAfter, maybeBilled = false, ...options }: ModelErrorOptions) {
    super(options)
    this.name = 'ModelError'
    this.status = status
    this.retryable = retryable
    this.retryAfter = retryAfter
    this.maybeBilled = maybeBilled
  }

  /** True for any error with the fields of a ModelError, also of another copy of the package. */
  static override is(value: unknown): value is ModelError {
    return LeapError.is(value) && 'retryable' in value && 'maybeBilled' in value
  }
}
