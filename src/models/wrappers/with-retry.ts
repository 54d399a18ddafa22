import { LeapError } from '../../contracts/error.ts'
import type { ChatModel } from '../../contracts/model.ts'
import { isInfrastructureFailure } from '../../execution/infrastructure-failure.ts'
import type { Clock } from '../../support/clock.ts'
import { createRandom } from '../../support/random.ts'
import { ModelError } from '../model-error.ts'
import { isAbort } from '../remote/describe-call-error.ts'
import { requestKey } from './request-key.ts'
import { parseRetryAfter } from './retry-after.ts'
import { wrapModel } from './wrap-model.ts'

export interface RetrySettings {
  /** Further attempts after the first. Default 6. */
  retries?: number
  /** Milliseconds before the first retry; doubles each time, with up to half of it taken off at random. Default 500. */
  backoff?: number
  /** Longest such wait. Default 60 s. */
  longestWait?: number
  /** A provider that asks for a longer pause than this is not waited for: the error is thrown. Default 5 minutes. */
  longestPause?: number
  /** Determines the random part of the waits. */
  seed: number
  clock: Clock
  onRetry?: (retry: { model: string; attempt: number; wait: number; error: unknown }) => void
}

/**
 * Calls again after 408, 409, 425, 429, 5xx, network errors, time-outs and torn answers, as the provider's Retry-After says or else with
 * exponential back-off. Throws the last error when attempts are used up, and the signal's reason when it aborts.
 */
export function withRetry(model: ChatModel, settings: RetrySettings): ChatModel {
  const { retries = 6, seed, clock, onRetry } = settings
  const again = async <Result>(name: string, work: () => Promise<Result>, signal?: AbortSignal): Promise<Result> => {
    for (let attempt = 0; ; attempt++) {
      try {
        return await work()
      } catch (error) {
        if (signal?.aborted) throw signal.reason
        if (attempt >= retries || !isRetryable(error)) throw error
        const wait = waitFor(error, attempt, createRandom(seed, 'retry', name, attempt).next(), settings)
        if (wait === undefined) throw error
        onRetry?.({ model: model.id, attempt: attempt + 1, wait, error })
        await clock.sleep(wait, signal)
      }
    }
  }
  return wrapModel(model, {
    async generate({ onText, ...request }) {
      const result = await again(requestKey(model.id, request), () => model.generate(request), request.signal)
      // What a torn attempt had told could not be taken back, so the text is told once it is whole.
      if (result.text !== '') onText?.(result.text)
      return result
    },
    score: (request) => again(request.completion, () => model.score!(request)),
  })
}

function isRetryable(error: unknown): boolean {
  if (ModelError.is(error)) return error.retryable
  return !LeapError.is(error) && !isAbort(error) && isInfrastructureFailure(error)
}

/** Milliseconds until the next attempt; undefined if the provider asks for too long a pause. */
function waitFor(error: unknown, attempt: number, random: number, settings: RetrySettings): number | undefined {
  const { backoff = 500, longestWait = 60_000, longestPause = 300_000, clock } = settings
  const asked = ModelError.is(error) ? parseRetryAfter(error.retryAfter, clock.now()) : undefined
  const own = Math.min(backoff * 2 ** attempt, longestWait) * (1 - 0.5 * random)
  if (asked === undefined) return own
  // A little later than asked, so that callers who were told the same moment do not all come at once.
  return asked > longestPause ? undefined : asked + Math.min(own, 1000) * random
}
