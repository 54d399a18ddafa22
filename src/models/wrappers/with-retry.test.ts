import { describe, expect, it } from 'vitest'
import { LeapError } from '../../contracts/error.ts'
import { instantClock } from '../../execution/testing/instant-clock.ts'
import { ModelError, type ModelErrorOptions } from '../model-error.ts'
import { ask, fakeModel } from '../testing/fake-model.ts'
import { type RetrySettings, withRetry } from './with-retry.ts'

const failure = (more: Partial<ModelErrorOptions> = {}) =>
  new ModelError({ code: 'MODEL_OVERLOADED', message: '503', retryable: true, ...more })

function setUp(errors: readonly unknown[], settings: Partial<RetrySettings> = {}) {
  const clock = instantClock()
  const model = fakeModel((_, call) => {
    if (call <= errors.length) throw errors[call - 1]
    return 'at last'
  })
  return { clock, model, retried: withRetry(model, { seed: 1, clock, ...settings }) }
}

describe('withRetry', () => {
  it('tries again with waits that double, up to half of each taken off at random', async () => {
    const { clock, model, retried } = setUp(Array(5).fill(failure()), { backoff: 1000, longestWait: 6000 })
    expect((await retried.generate(ask('a'))).text).toBe('at last')
    expect(model.calls).toHaveLength(6)
    for (const [index, most] of [1000, 2000, 4000, 6000, 6000].entries()) {
      expect(clock.sleeps[index]).toBeLessThanOrEqual(most)
      expect(clock.sleeps[index]).toBeGreaterThanOrEqual(most / 2)
    }
  })

  it('waits the same for the same seed, and not at the same moment for different requests', async () => {
    const sleeps = async (content: string, seed: number) => {
      const { clock, retried } = setUp([failure(), failure()], { seed })
      await retried.generate(ask(content))
      return clock.sleeps
    }
    expect(await sleeps('a', 1)).toEqual(await sleeps('a', 1))
    expect(await sleeps('a', 1)).not.toEqual(await sleeps('b', 1))
    expect(await sleeps('a', 1)).not.toEqual(await sleeps('a', 2))
  })

  it('waits as long as the provider asks for, and no more than a little longer', async () => {
    const { clock, retried } = setUp([failure({ retryAfter: '20' })])
    await retried.generate(ask('a'))
    expect(clock.sleeps[0]).toBeGreaterThanOrEqual(20_000)
    expect(clock.sleeps[0]).toBeLessThanOrEqual(21_000)
  })

  it('does not wait for hours', async () => {
    const { clock, retried } = setUp([failure({ code: 'MODEL_RATE_LIMITED', retryAfter: '7200' })])
    await expect(retried.generate(ask('a'))).rejects.toMatchObject({ code: 'MODEL_RATE_LIMITED' })
    expect(clock.sleeps).toEqual([])
  })

  it('gives up with the last error after so many attempts', async () => {
    const errors = [failure(), failure(), failure({ message: 'the last' })]
    const events: number[] = []
    const { model, retried } = setUp(errors, { retries: 2, onRetry: ({ attempt }) => events.push(attempt) })
    await expect(retried.generate(ask('a'))).rejects.toThrow('the last')
    expect(model.calls).toHaveLength(3)
    expect(events).toEqual([1, 2])
  })

  it.each([
    ['a request that is wrong', new ModelError({ code: 'MODEL_REQUEST_INVALID', message: '400', status: 400 })],
    ['a budget that is used up', new LeapError({ code: 'BUDGET_EXHAUSTED', message: 'no more' })],
    ['a mistake in code', new TypeError('undefined is not a function')],
    ['an abort', new DOMException('stop', 'AbortError')],
  ])('does not repeat %s', async (_, error) => {
    const { model, retried } = setUp([error])
    await expect(retried.generate(ask('a'))).rejects.toBe(error)
    expect(model.calls).toHaveLength(1)
  })

  it('repeats what failed on the network', async () => {
    const reset = Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' })
    const { model, retried } = setUp([reset, new TypeError('fetch failed', { cause: reset })])
    expect((await retried.generate(ask('a'))).text).toBe('at last')
    expect(model.calls).toHaveLength(3)
  })

  it('tells the text of the attempt that succeeded, and nothing of those that broke off', async () => {
    const model = fakeModel(({ onText }, call) => {
      onText?.('half a te')
      if (call === 1) throw failure()
      return 'whole'
    })
    const pieces: string[] = []
    const retried = withRetry(model, { seed: 1, clock: instantClock() })
    await retried.generate(ask('a', { onText: (piece) => pieces.push(piece) }))
    expect(pieces).toEqual(['whole'])
  })

  it('stops waiting when the signal aborts', async () => {
    const controller = new AbortController()
    const { retried } = setUp([failure()], { onRetry: () => controller.abort(new Error('enough')) })
    await expect(retried.generate(ask('a', { signal: controller.signal }))).rejects.toThrow('enough')
  })
})
