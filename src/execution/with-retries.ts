import type { Clock } from '../support/clock.ts'
import { createRandom } from '../support/random.ts'
import { isInfrastructureFailure } from './infrastructure-failure.ts'

export interface RetryOptions {
  /** Further attempts after the first. */
  retries: number
  /** Milliseconds before the first retry; doubles each time, up to 30 s, with up to half of it taken off at random. */
  backoff: number
  /** Determines the random part of the waits, so that many callers do not come back to a struggling server at the same moment. */
  seed: number
  /** Tells this caller from others. */
  name: string
  clock: Clock
  signal?: AbortSignal | undefined
  onRetry?: (attempt: number, error: unknown) => void
}

/**
 * Does `work` again after failures of the outside world. Throws the last such failure when the retries are used up, programming errors at
 * once, and the signal's reason when it aborts.
 */
export async function withRetries<Result>(
  work: (attempt: number) => Promise<Result>,
  { retries, backoff, seed, name, clock, signal, onRetry }: RetryOptions,
): Promise<Result> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await work(attempt)
    } catch (error) {
      if (signal?.aborted) throw signal.reason
      if (attempt >= retries || !isInfrastructureFailure(error)) throw error
      onRetry?.(attempt + 1, error)
      const wait = Math.min(backoff * 2 ** attempt, 30_000)
      await clock.sleep(wait * (1 - 0.5 * createRandom(seed, 'backoff', name, attempt).next()), signal)
    }
  }
}
