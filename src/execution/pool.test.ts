import { describe, expect, it } from 'vitest'
import { mapConcurrently } from './pool.ts'

const turns = async (count: number) => {
  for (let i = 0; i < count; i++) await Promise.resolve()
}

describe('mapConcurrently', () => {
  it('yields every result once, in order of completion', async () => {
    const gates = Array.from({ length: 3 }, () => Promise.withResolvers<void>())
    const seen: number[] = []
    const consume = (async () => {
      for await (const item of mapConcurrently(
        [0, 1, 2],
        async (item) => {
          await gates[item]!.promise
          return item
        },
        { concurrency: 3 },
      )) {
        seen.push(item)
      }
    })()
    for (const index of [2, 0, 1]) {
      gates[index]!.resolve()
      await turns(20)
    }
    await consume
    expect(seen).toEqual([2, 0, 1])
  })

  it('never runs more than the limit and reaches it', async () => {
    let running = 0
    let most = 0
    const items = Array.from({ length: 50 }, (_, index) => index)
    const results: number[] = []
    for await (const item of mapConcurrently(
      items,
      async (item) => {
        most = Math.max(most, ++running)
        await turns(1 + (item % 7))
        running--
        return item
      },
      { concurrency: 8 },
    )) {
      results.push(item)
    }
    expect(most).toBe(8)
    expect(results.sort((a, b) => a - b)).toEqual(items)
  })

  it('throws the first error after the other pieces have been told to stop and have ended', async () => {
    const ended: number[] = []
    const started: number[] = []
    const iterate = async () => {
      for await (const _ of mapConcurrently(
        [0, 1, 2, 3, 4, 5],
        async (item, signal) => {
          started.push(item)
          if (item === 1) throw new Error('piece 1')
          await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
          ended.push(item)
        },
        { concurrency: 3 },
      )) {
        // nothing is expected
      }
    }
    await expect(iterate()).rejects.toThrow('piece 1')
    expect(started).toEqual([0, 1, 2])
    expect(ended).toEqual([0, 2])
  })

  it('turns a synchronous throw of the work into the same error', async () => {
    const iterate = async () => {
      for await (const _ of mapConcurrently(
        [1],
        () => {
          throw new TypeError('at once')
        },
        { concurrency: 1 },
      )) {
        // nothing is expected
      }
    }
    await expect(iterate()).rejects.toThrow('at once')
  })

  it('stops when the signal aborts', async () => {
    const controller = new AbortController()
    const iterate = async () => {
      for await (const item of mapConcurrently([1, 2, 3, 4], async (item) => item, {
        concurrency: 1,
        signal: controller.signal,
      })) {
        if (item === 2) controller.abort(new Error('stopped by hand'))
      }
    }
    await expect(iterate()).rejects.toThrow('stopped by hand')
  })

  it('aborts and awaits what runs when the consumer leaves early', async () => {
    let ended = 0
    for await (const _ of mapConcurrently(
      [0, 1, 2, 3],
      async (item, signal) => {
        if (item > 0) {
          await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
        }
        ended++
      },
      { concurrency: 3 },
    )) {
      break
    }
    // Item 3 took the place of item 0 when its result was fetched, or never started; whatever started has ended.
    expect(ended).toBeGreaterThanOrEqual(3)
  })

  it('takes items from an asynchronous source, no faster than they are worked on, and closes it', async () => {
    let pulled = 0
    let closed = false
    async function* source() {
      try {
        for (let item = 0; item < 100; item++) {
          pulled++
          yield item
          await Promise.resolve()
        }
      } finally {
        closed = true
      }
    }
    const seen: number[] = []
    for await (const item of mapConcurrently(source(), async (item) => item, { concurrency: 4 })) {
      seen.push(item)
      expect(pulled - seen.length).toBeLessThanOrEqual(9)
      if (seen.length === 50) break
    }
    expect(seen).toEqual(Array.from({ length: 50 }, (_, index) => index))
    expect(closed).toBe(true)
    const all: number[] = []
    for await (const item of mapConcurrently(source(), async (item) => item, { concurrency: 4 })) all.push(item)
    expect(all).toHaveLength(100)
  })

  it('throws what the source throws', async () => {
    async function* source() {
      yield 1
      throw new Error('source failed')
    }
    const seen: number[] = []
    const iterate = async () => {
      for await (const item of mapConcurrently(source(), async (item) => item, { concurrency: 1 })) seen.push(item)
    }
    await expect(iterate()).rejects.toThrow('source failed')
    expect(seen).toEqual([1])
  })

  it('refuses a concurrency that is not a positive integer', async () => {
    await expect(mapConcurrently([1], async (item) => item, { concurrency: 0 }).next()).rejects.toThrow(/at least 1.*0/)
  })
})
