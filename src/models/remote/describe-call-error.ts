import { APICallError } from '@ai-sdk/provider'
import { isInfrastructureFailure } from '../../execution/infrastructure-failure.ts'
import { redactKeys } from '../keys/redact.ts'
import { ModelError, type ModelErrorOptions } from '../model-error.ts'

/** Statuses after which the same call may succeed: time-out, conflict, too early, too many requests, and all of the server's own. */
const retryableStatuses = new Set([408, 409, 425, 429])

interface CallContext {
  /** The model's id, with which the message begins. */
  id: string
  /** Keys that must not show in any text. */
  keys: readonly string[]
  /** The address, said where nobody answers there. */
  baseUrl: string
}

/**
 * What an error of a provider's client means: a ModelError with a code, whether to call again and when, and whether it may have been billed.
 * Its cause is a plain Error with the text alone, since the client's own error holds the request and its headers. Programming errors and
 * aborts are returned as they are.
 */
export function describeCallError(error: unknown, { id, keys, baseUrl }: CallContext): unknown {
  const clean = (text: string) => redactKeys(text, keys)
  const cause = (): Error => new Error(clean(innermostMessage(error)))
  if (!APICallError.isInstance(error)) {
    if (isAbort(error)) return error
    if (error instanceof ModelError) {
      const { code, retryable, maybeBilled } = error
      return new ModelError({ code, message: `${id}: ${clean(error.message)}`, retryable, maybeBilled })
    }
    if (error instanceof Error && isRefusedByClient(error)) return refused(id, clean(innermostMessage(error)), cause())
    if (!(error instanceof Error) || (!isInfrastructureFailure(error) && !error.name.startsWith('AI_'))) return error
    return malformed(id, clean(error.message), cause())
  }
  const { statusCode: status, responseHeaders: headers, responseBody } = error
  if (status === undefined) return unreachable(error, { id, address: clean(baseUrl), cause: cause() })
  if (status < 400) return malformed(id, clean(shorten(responseBody || error.message)), cause())
  const said = clean(shorten(error.message === '' ? (responseBody ?? '') : error.message))
  const retryAfter = headers?.['retry-after'] ?? inSeconds(headers?.['retry-after-ms']) ?? delayIn(responseBody)
  const kind = kindOf(status, `${error.message} ${responseBody ?? ''}`, retryAfter !== undefined)
  return new ModelError({
    ...kind,
    message: `${id}: the provider answered ${status}${said ? `: ${said}` : ''}`,
    status,
    retryAfter,
    cause: cause(),
  })
}

/** Aborts are no errors of the model: they go to whoever aborted. */
export function isAbort(error: unknown): boolean {
  return error instanceof Error && (error.name === 'AbortError' || error.name === 'ResponseAborted')
}

function kindOf(
  status: number,
  text: string,
  saysWhen: boolean,
): Pick<ModelErrorOptions, 'code' | 'remedy' | 'retryable'> & { code: string } {
  // Google says "exceeded your current quota" of its limits per minute too, but then also when to come back.
  const isEmpty =
    /insufficient_quota|credit balance is too low|billing_hard_limit/i.test(text) ||
    (/exceeded your current quota/i.test(text) && !saysWhen)
  if (isEmpty && status !== 503)
    return {
      code: 'MODEL_QUOTA',
      remedy: 'The account has no credit left. Top it up, then resume: answers so far are kept.',
    }
  if (status === 401 || status === 403)
    return {
      code: 'MODEL_AUTH',
      remedy: "Check the provider's key in the environment or in .env, and what it may be used for.",
    }
  if (
    /context_length_exceeded|maximum context length|prompt is too long|exceeds the maximum number of tokens/i.test(text)
  )
    return {
      code: 'MODEL_CONTEXT_EXCEEDED',
      remedy: 'Shorten the prompt (a smaller window), or take a model with a longer context.',
    }
  if (status === 404)
    return { code: 'MODEL_NOT_FOUND', remedy: "Check the model's name and the base URL (it mostly ends in /v1)." }
  if (status === 429)
    return { code: 'MODEL_RATE_LIMITED', retryable: true, remedy: 'Lower the limits of requests and tokens a minute.' }
  if (status >= 500 || retryableStatuses.has(status))
    return { code: 'MODEL_OVERLOADED', retryable: true, remedy: 'Wait until the provider is well again, and resume.' }
  return { code: 'MODEL_REQUEST_INVALID', remedy: 'The provider refuses this kind of request; see what it says above.' }
}

/** What the provider's client itself refuses to send: the same request would be refused each time, and costs nothing. */
function isRefusedByClient({ name }: Error): boolean {
  return ['AI_InvalidArgumentError', 'AI_UnsupportedFunctionalityError', 'AI_InvalidPromptError'].includes(name)
}

function refused(id: string, found: string, cause: Error): ModelError {
  return new ModelError({
    code: 'MODEL_REQUEST_INVALID',
    message: `${id}: the provider's client refuses the request: ${shorten(found.replaceAll(/\s+/g, ' '))}`,
    remedy:
      'If it is about an option, check providerOptions in the configuration against the provider’s own documentation.',
    cause,
  })
}

function unreachable(
  error: APICallError,
  { id, address, cause }: { id: string; address: string; cause: Error },
): ModelError {
  const code = codeOf(error)
  // Nothing was sent where no connection came about.
  const unsent = /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT)$/.test(
    code ?? '',
  )
  return new ModelError({
    code: 'MODEL_UNREACHABLE',
    message: `${id}: ${unsent ? 'nobody answers' : 'the connection was cut'} at ${address}${code ? ` (${code})` : ''}`,
    remedy: 'Check the network, the base URL, and that the server runs.',
    retryable: true,
    maybeBilled: !unsent,
    cause,
  })
}

function malformed(id: string, found: string, cause: Error): ModelError {
  return new ModelError({
    code: 'MODEL_ANSWER_MALFORMED',
    message: `${id}: expected an answer in the provider's format, found ${JSON.stringify(shorten(found))}`,
    remedy: 'If it goes on, check that the base URL leads to the API itself and not to a proxy or a web page.',
    retryable: true,
    maybeBilled: true,
    cause,
  })
}

/** The code of the socket or name resolution error at the bottom. */
function codeOf(error: unknown): string | undefined {
  let code: string | undefined
  for (let current = error; current instanceof Error; current = current.cause)
    if ('code' in current && typeof current.code === 'string') code = current.code
  return code
}

function innermostMessage(error: unknown): string {
  let message = String(error)
  for (let current = error; current instanceof Error; current = current.cause) message = current.message || message
  return message
}

const shorten = (text: string) => (text.length > 300 ? `${text.slice(0, 300)}...` : text)

const inSeconds = (milliseconds: string | undefined) =>
  milliseconds === undefined || Number.isNaN(Number(milliseconds)) ? undefined : String(Number(milliseconds) / 1000)

/** Google puts the pause into the answer instead of a header. */
const delayIn = (body: string | undefined) => /"retryDelay":\s*"(\d+(?:\.\d+)?)s"/.exec(body ?? '')?.[1]
