import { LeapError } from '../contracts/error.ts'

export interface TimeLimitOptions {
  /** Undefined = no limit. */
  milliseconds: number | undefined
  /** What is being waited for, as the error will say it. */
  what: string
  signal?: AbortSignal | undefined
}

/**
 * Waits for `work`, but no longer than the limit and not after the signal aborts. The work is handed a signal that
 * aborts in both cases; what it does afterwards is ignored. Throws a LeapError `EXECUTION_TIMEOUT`, or the signal's reason.
 */
export async function withTimeLimit<Result>(
  work: (signal: AbortSignal) => Promise<Result>,
  { milliseconds, what, signal }: TimeLimitOptions,
): Promise<Result> {
  const controller = new AbortController()
  const { promise: interrupted, reject } = Promise.withResolvers<never>()
  const interrupt = (reason: unknown) => {
    controller.abort(reason)
    reject(reason)
  }
  const onAbort = () => interrupt(signal?.reason)
  if (signal?.aborted) throw signal.reason
  signal?.addEventListener('abort', onAbort, { once: true })
  const timer =
    milliseconds === undefined
      ? undefined
      : setTimeout(() => {
          interrupt(
            new LeapError({
              code: 'EXECUTION_TIMEOUT',
              message: `Expected ${what} within ${milliseconds} ms, found no answer.`,
              remedy: 'Raise the time limit of a step, or find out why the other side hangs.',
            }),
          )
        }, milliseconds)
  try {
    return await Promise.race([work(controller.signal), interrupted])
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', onAbort)
  }
}
