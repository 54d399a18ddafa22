import { describe, expect, it } from 'vitest'
import { roundAsNumpy, roundAsPython } from './rounding.ts'

// Expected values: Python 3.11's round and numpy 1.26's round.
describe('rounding to two decimals', () => {
  it.each([
    [0.165, 0.17, 0.16],
    [0.125, 0.12, 0.12],
    [0.375, 0.38, 0.38],
    [0.625, 0.62, 0.62],
    [-0.125, -0.12, -0.12],
    [0.285, 0.28, 0.28],
    [0.015, 0.01, 0.02],
    [0.33 * 0.5, 0.17, 0.16],
    [0.999, 1, 1],
    [-0.456, -0.46, -0.46],
    [2.675, 2.67, 2.68],
  ])('%d: CPython %d, numpy %d', (value, python, numpy) => {
    expect(roundAsPython(value, 2)).toBe(python)
    expect(roundAsNumpy(value, 2)).toBe(numpy)
  })
})
