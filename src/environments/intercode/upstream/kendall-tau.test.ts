import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { kendallTau } from './kendall-tau.ts'

/** The definition, pair by pair. */
function naive(x: readonly string[], y: readonly string[]): number {
  let score = 0
  let xPairs = 0
  let yPairs = 0
  for (let i = 0; i < x.length; i++)
    for (let j = 0; j < i; j++) {
      const dx = Math.sign(x[i]! < x[j]! ? -1 : x[i]! > x[j]! ? 1 : 0)
      const dy = Math.sign(y[i]! < y[j]! ? -1 : y[i]! > y[j]! ? 1 : 0)
      score += dx * dy
      if (dx !== 0) xPairs++
      if (dy !== 0) yPairs++
    }
  return xPairs === 0 || yPairs === 0 ? Number.NaN : score / Math.sqrt(xPairs) / Math.sqrt(yPairs)
}

describe('kendallTau', () => {
  // Expected values: scipy 1.11 stats.kendalltau.
  it.each([
    ['abc', 'abc', 1],
    ['abc', 'cba', -1],
    ['abcd', 'abdc', 2 / 3],
    ['aab', 'aba', -0.5],
    ['aabb', 'abab', 0],
  ])('of %s and %s is %d', (x, y, tau) => expect(kendallTau([...x], [...y])).toBeCloseTo(tau, 12))

  it('is NaN where nothing can be ordered', () => {
    expect(kendallTau([], [])).toBeNaN()
    expect(kendallTau(['a'], ['a'])).toBeNaN()
    expect(kendallTau(['a', 'a'], ['a', 'b'])).toBeNaN()
  })

  it('is what the definition says, for any lists with ties', () => {
    const value = fc.constantFrom('a', 'b', 'ba', 'c', 'd1')
    const pair = fc.tuple(value, value)
    fc.assert(
      fc.property(fc.array(pair, { maxLength: 30 }), (pairs) => {
        const [x, y] = [pairs.map(([a]) => a), pairs.map(([, b]) => b)]
        const expected = naive(x, y)
        const found = kendallTau(x, y)
        if (Number.isNaN(expected)) expect(found).toBeNaN()
        else expect(found).toBeCloseTo(expected, 12)
      }),
    )
  })

  it('refuses lists of two lengths', () => {
    expect(() => kendallTau(['a'], [])).toThrow(RangeError)
  })
})
