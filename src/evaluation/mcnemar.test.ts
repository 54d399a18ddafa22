import { describe, expect, it } from 'vitest'
import { mcnemar } from './mcnemar.ts'

describe('mcnemar', () => {
  it('agrees with binomial probabilities worked out by hand', () => {
    expect(mcnemar(0, 0)).toBe(1)
    expect(mcnemar(0, 5)).toBeCloseTo(2 / 32, 12)
    expect(mcnemar(1, 5)).toBeCloseTo((2 * (1 + 6)) / 64, 12)
    expect(mcnemar(3, 7)).toBeCloseTo((2 * (1 + 10 + 45 + 120)) / 1024, 12)
    expect(mcnemar(4, 4)).toBe(1)
  })

  it('is symmetric and does not underflow', () => {
    expect(mcnemar(900, 1100)).toBeCloseTo(mcnemar(1100, 900), 15)
    // Normal approximation with continuity correction: z = (200 - 1) / sqrt(2000) = 4.45.
    expect(mcnemar(900, 1100)).toBeGreaterThan(5e-6)
    expect(mcnemar(900, 1100)).toBeLessThan(1.2e-5)
  })
})
