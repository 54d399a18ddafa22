import { describe, expect, it } from 'vitest'
import { percent, proportion, pValue, signed } from './format.ts'

describe('format', () => {
  it('writes rates, differences and p-values', () => {
    expect(percent(0.9179)).toBe('91.8')
    expect(proportion({ rate: 0.918, low: 0.859, high: 1 })).toBe('91.8 [85.9, 100.0]')
    expect([signed(3.46), signed(-0.2), signed(-0.04), signed(0)]).toEqual(['+3.5', '-0.2', '0.0', '0.0'])
    expect([pValue(0.0314), pValue(0.0004), pValue(1)]).toEqual(['0.031', '<0.001', '1.000'])
  })
})
