import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { wilson } from './wilson.ts'

describe('wilson', () => {
  it('agrees with published values', () => {
    // Newcombe 1998, Statistics in Medicine 17, table I, method 3.
    expect(wilson(81, 263).low).toBeCloseTo(0.2553, 4)
    expect(wilson(81, 263).high).toBeCloseTo(0.3662, 4)
    expect(wilson(15, 148).low).toBeCloseTo(0.0624, 4)
    expect(wilson(15, 148).high).toBeCloseTo(0.1605, 4)
    expect(wilson(0, 20)).toMatchObject({ rate: 0, low: 0 })
    expect(wilson(0, 20).high).toBeCloseTo(0.1611, 4)
    expect(wilson(1, 29).low).toBeCloseTo(0.0061, 4)
    expect(wilson(1, 29).high).toBeCloseTo(0.1718, 4)
  })

  it('stays in [0, 1], holds the rate, mirrors, and narrows with more data', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2000 }), fc.double({ min: 0, max: 1, noNaN: true }), (count, share) => {
        const successes = Math.round(count * share)
        const { rate, low, high } = wilson(successes, count)
        expect(low).toBeGreaterThanOrEqual(0)
        expect(high).toBeLessThanOrEqual(1)
        expect(low).toBeLessThanOrEqual(rate)
        expect(high).toBeGreaterThanOrEqual(rate)
        const mirrored = wilson(count - successes, count)
        expect(mirrored.low).toBeCloseTo(1 - high, 10)
        const more = wilson(successes * 4, count * 4)
        expect(more.high - more.low).toBeLessThan(high - low)
      }),
    )
  })

  it('knows nothing of an empty sample and refuses nonsense', () => {
    expect(wilson(0, 0)).toEqual({ rate: 0, low: 0, high: 1 })
    expect(() => wilson(3, 2)).toThrow(RangeError)
    expect(() => wilson(-1, 2)).toThrow(RangeError)
  })
})
