import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ModelError } from '../model-error.ts'
import { ask, fakeModel } from '../testing/fake-model.ts'
import { virtualClock } from '../testing/virtual-clock.ts'
import { createRateLimiter } from './rate-limiter.ts'
import { withRateLimit } from './with-rate-limit.ts'

describe('createRateLimiter', () => {
  it('keeps every minute within its requests and tokens, and as many at once as allowed', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            estimate: fc.integer({ min: 1, max: 400 }),
            takes: fc.integer({ min: 1, max: 50_000 }),
            after: fc.integer({ min: 0, max: 20_000 }),
          }),
          { minLength: 1, maxLength: 25 },
        ),
        fc.record({
          requestsPerMinute: fc.integer({ min: 1, max: 6 }),
          tokensPerMinute: fc.integer({ min: 400, max: 900 }),
          concurrency: fc.integer({ min: 1, max: 4 }),
        }),
        async (jobs, limits) => {
          const clock = virtualClock()
          const limiter = createRateLimiter(limits, clock)
          const begun: { at: number; tokens: number }[] = []
          let running = 0
          const all = jobs.map(async ({ estimate, takes, after }) => {
            await clock.sleep(after)
            await limiter.run(
              async () => {
                begun.push({ at: clock.elapsed(), tokens: estimate })
                expect(++running).toBeLessThanOrEqual(limits.concurrency)
                await clock.sleep(takes)
                running--
              },
              { estimate },
            )
          })
          await clock.advance(60_000 * (jobs.length + 2) + 50_000 * jobs.length)
          await Promise.all(all)
          for (const { at } of begun) {
            const within = begun.filter((other) => other.at > at - 60_000 && other.at <= at)
            expect(within.length).toBeLessThanOrEqual(limits.requestsPerMinute)
            expect(within.reduce((sum, { tokens }) => sum + tokens, 0)).toBeLessThanOrEqual(limits.tokensPerMinute)
          }
        },
      ),
      { numRuns: 30 },
    )
  })

  it('begins at once while there is room, in the order of the calls, and then as room comes', async () => {
    const clock = virtualClock()
    const limiter = createRateLimiter({ requestsPerMinute: 2 }, clock)
    const order: [number, number][] = []
    for (let index = 0; index < 5; index++)
      void limiter.run(async () => void order.push([index, clock.elapsed()]), { estimate: 1 })
    await clock.advance(0)
    expect(order.map(([index]) => index)).toEqual([0, 1])
    await clock.advance(59_999)
    expect(order).toHaveLength(2)
    await clock.advance(1)
    expect(order.map(([index]) => index)).toEqual([0, 1, 2, 3])
    await clock.advance(60_000)
    expect(order.at(-1)).toEqual([4, 120_000])
  })

  it('counts the tokens that were really used', async () => {
    const clock = virtualClock()
    const limiter = createRateLimiter({ tokensPerMinute: 100 }, clock)
    await limiter.run(async () => 10, { estimate: 90, actual: (used) => used })
    await expect(limiter.run(async () => 'now', { estimate: 90 })).resolves.toBe('now')
  })

  it('lets a call that is larger than the limit go alone', async () => {
    const clock = virtualClock()
    const limiter = createRateLimiter({ tokensPerMinute: 100 }, clock)
    await limiter.run(async () => {}, { estimate: 50 })
    const large = limiter.run(async () => clock.elapsed(), { estimate: 500 })
    await clock.advance(60_000)
    expect(await large).toBe(60_000)
  })

  it('lets those who leave the queue go, and gives a failed call’s place to the next', async () => {
    const clock = virtualClock()
    const limiter = createRateLimiter({ concurrency: 1 }, clock)
    const failing = limiter.run(() => Promise.reject(new Error('down')), { estimate: 1 })
    const controller = new AbortController()
    const leaving = limiter.run(async () => 'never', { estimate: 1, signal: controller.signal })
    controller.abort(new Error('left'))
    const last = limiter.run(async () => 'last', { estimate: 1 })
    await expect(failing).rejects.toThrow('down')
    await expect(leaving).rejects.toThrow('left')
    expect(await last).toBe('last')
  })

  it('refuses limits that let nothing through', () => {
    expect(() => createRateLimiter({ concurrency: 0 }, virtualClock())).toThrow(/concurrency to be positive/)
  })
})

describe('withRateLimit', () => {
  it('holds everything back while the provider asks for a pause', async () => {
    const clock = virtualClock()
    const begun: number[] = []
    const model = fakeModel((_, call) => {
      begun.push(clock.elapsed())
      if (call === 1)
        throw new ModelError({ code: 'MODEL_RATE_LIMITED', message: '429', retryable: true, retryAfter: '5' })
      return 'ok'
    })
    const limited = withRateLimit(model, { limiter: createRateLimiter({ concurrency: 8 }, clock), clock })
    await expect(limited.generate(ask('a'))).rejects.toMatchObject({ code: 'MODEL_RATE_LIMITED' })
    const next = limited.generate(ask('b'))
    await clock.advance(4999)
    expect(begun).toHaveLength(1)
    await clock.advance(1)
    await next
    expect(begun).toEqual([0, 5000])
  })
})
