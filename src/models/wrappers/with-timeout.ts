import type { ChatModel } from '../../contracts/model.ts'
import type { Clock } from '../../support/clock.ts'
import { ModelError } from '../model-error.ts'
import { wrapModel } from './wrap-model.ts'

export interface TimeoutSettings {
  /** Longest that one attempt may take. */
  milliseconds: number
  clock: Clock
}

/** Gives up on a call that takes too long. Throws a ModelError `MODEL_TIMEOUT`, after which {@link withRetry} calls again. */
export function withTimeout(model: ChatModel, { milliseconds, clock }: TimeoutSettings): ChatModel {
  const limited = async <Result>(
    work: (signal: AbortSignal) => Promise<Result>,
    signal?: AbortSignal,
  ): Promise<Result> => {
    signal?.throwIfAborted()
    const call = new AbortController()
    const over = new AbortController()
    const { promise: interrupted, reject } = Promise.withResolvers<never>()
    const interrupt = (reason: unknown) => {
      reject(reason)
      call.abort(reason)
    }
    const onAbort = () => interrupt(signal?.reason)
    signal?.addEventListener('abort', onAbort, { once: true })
    sleepAwake(milliseconds, clock, over.signal).then(
      () => interrupt(tooLong(model.id, milliseconds)),
      () => {},
    )
    try {
      return await Promise.race([work(call.signal), interrupted])
    } finally {
      over.abort()
      signal?.removeEventListener('abort', onAbort)
    }
  }
  return wrapModel(model, {
    generate: (request) => limited((signal) => model.generate({ ...request, signal }), request.signal),
    score: (request) => limited(() => model.score!(request)),
  })
}

/**
 * Sleeps, and where this process itself got no time (a machine that is too busy, or was suspended), once more as long as it was late, but at most as long again: an
 * answer that has arrived meanwhile is waiting to be read, and would be paid twice if it were not.
 */
async function sleepAwake(milliseconds: number, clock: Clock, signal: AbortSignal): Promise<void> {
  const from = clock.elapsed()
  await clock.sleep(milliseconds, signal)
  const late = clock.elapsed() - from - milliseconds
  if (late > 1000) await clock.sleep(Math.min(late, milliseconds), signal)
}

function tooLong(id: string, milliseconds: number): ModelError {
  return new ModelError({
    code: 'MODEL_TIMEOUT',
    message: `${id}: expected an answer within ${milliseconds / 1000} s, found none`,
    remedy: 'Raise the time-out if the model is just slow; otherwise find out why it hangs.',
    retryable: true,
    maybeBilled: true,
  })
}
