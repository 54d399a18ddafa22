import type { ChatModel } from '../../contracts/model.ts'
import type { Clock } from '../../support/clock.ts'
import { ModelError } from '../model-error.ts'
import { estimateTokens } from './estimate-tokens.ts'
import type { RateLimiter } from './rate-limiter.ts'
import { parseRetryAfter } from './retry-after.ts'
import { wrapModel } from './wrap-model.ts'

export interface RateLimitSettings {
  limiter: RateLimiter
  clock: Clock
}

/**
 * Lets calls begin as the limiter allows. When the provider answers 429 with a Retry-After, nothing else begins until then either: the limit
 * is the account's, not the call's.
 */
export function withRateLimit(model: ChatModel, { limiter, clock }: RateLimitSettings): ChatModel {
  return wrapModel(model, {
    generate: (request) =>
      limiter.run(
        () =>
          model.generate(request).catch((error: unknown) => {
            if (ModelError.is(error) && error.code === 'MODEL_RATE_LIMITED')
              limiter.pause(Math.min(parseRetryAfter(error.retryAfter, clock.now()) ?? 0, 300_000))
            throw error
          }),
        {
          estimate: estimateTokens(request) + request.maxTokens,
          actual: ({ tokens }) => tokens.prompt + tokens.completion,
          signal: request.signal,
        },
      ),
  })
}
