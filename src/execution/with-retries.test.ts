import { describe, expect, it } from 'vitest'
import { instantClock } from './testing/instant-clock.ts'
import { withRetries } from './with-retries.ts'

const attempt = (errors: unknown[], more: { retries?: number; signal?: AbortSignal; name?: string } = {}) => {
  const clock = instantClock()
  const retried: number[] = []
  const result = withRetries(
    async (index) => {
      if (errors[index] !== undefined) throw errors[index]
      return index
    },
    { retries: 3, backoff: 20_000, seed: 1, name: 'a', clock, onRetry: (number) => retried.push(number), ...more },
  )
  return { result, clock, retried }
}

describe('withRetries', () => {
  it('waits longer each time, up to a limit, and returns the first answer', async () => {
    const { result, clock, retried } = attempt([new Error('1'), new Error('2'), new Error('3')])
    await expect(result).resolves.toBe(3)
    expect(retried).toEqual([1, 2, 3])
    const limits = [20_000, 30_000, 30_000]
    for (const [index, wait] of clock.sleeps.entries()) {
      expect(wait).toBeGreaterThanOrEqual(limits[index]! / 2)
      expect(wait).toBeLessThanOrEqual(limits[index]!)
    }
    const other = attempt([new Error('1')], { name: 'b' })
    await other.result
    expect(other.clock.sleeps[0]).not.toBe(clock.sleeps[0])
  })

  it('throws the last failure when the retries are used up', async () => {
    await expect(attempt([new Error('1'), new Error('2')], { retries: 1 }).result).rejects.toThrow('2')
  })

  it('throws a programming error at once', async () => {
    const { result, retried } = attempt([new TypeError('wrong')])
    await expect(result).rejects.toThrow('wrong')
    expect(retried).toEqual([])
  })

  it('throws the reason of an aborted signal instead of going on', async () => {
    const { result, clock } = attempt([new Error('1')], { signal: AbortSignal.abort(new Error('stopped')) })
    await expect(result).rejects.toThrow('stopped')
    expect(clock.sleeps).toEqual([])
  })
})
