import { LeapError } from '../contracts/error.ts'

const programmingErrors = new Set([
  'TypeError',
  'RangeError',
  'ReferenceError',
  'SyntaxError',
  'EvalError',
  'URIError',
  'AssertionError',
])

/** What no retry and no other episode can mend: somebody has to do something before the run goes on. */
const runEnding = new Set([
  'BUDGET_EXHAUSTED',
  'PRICE_UNKNOWN',
  'MODEL_AUTH',
  'MODEL_KEY_MISSING',
  'MODEL_NOT_FOUND',
  'MODEL_QUOTA',
  'PROMPT_MISSING',
  'PROMPT_INVALID',
])

/** True for a failure that ends the run as it is, instead of making one episode after another `void`. */
export function endsRun(error: unknown): boolean {
  return LeapError.is(error) && runEnding.has(error.code)
}

/**
 * Tells a failure of the outside world (to be retried, then recorded as `void`) from a mistake in code (to be thrown).
 *
 * Infrastructure: every LeapError but those that end the run ({@link endsRun}), operating-system and network errors, time-outs, and any other
 * plain or custom Error, because that is how clients of servers report what went wrong there. Programming: the language's own error classes and failed assertions,
 * unless a network error is their cause (`fetch` reports a refused connection as a TypeError), and values that are not errors.
 */
export function isInfrastructureFailure(error: unknown): boolean {
  if (LeapError.is(error)) return error.code !== 'ROLLOUT_PROGRAM_ERROR' && !endsRun(error)
  if (!(error instanceof Error)) return false
  if (!programmingErrors.has(error.name) && !programmingErrors.has(error.constructor.name)) return true
  return error instanceof TypeError && (error.message === 'fetch failed' || isTransport(error.cause))
}

/** True for the errors of sockets, name resolution and the HTTP client, which carry a code that no programming error carries. */
function isTransport(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return false
  return /^(UND_ERR_|E[A-Z]+$|CERT_|DEPTH_ZERO_|SELF_SIGNED_)/.test(error.code)
}

/** One line for the `cause` of a void episode and for messages: code, message and the innermost cause. */
export function describeFailure(error: unknown): string {
  const parts: string[] = []
  for (let current = error, depth = 0; current !== undefined && depth < 4; depth++) {
    if (!(current instanceof Error)) {
      parts.push(String(current))
      break
    }
    const code = 'code' in current && typeof current.code === 'string' ? `${current.code}: ` : ''
    parts.push(`${code}${current.message.split('\n')[0]}`)
    current = current.cause
  }
  return parts.join(' <- ')
}
