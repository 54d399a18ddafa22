import { expect, it } from 'vitest'
import { nonNegativeNumber, wholeNumber } from './number-option.ts'

it('reads whole numbers and refuses everything else', () => {
  expect(wholeNumber(1)('12')).toBe(12)
  for (const text of ['0', '-1', '1.5', '1e3', '', 'ten', '99999999999999999999'])
    expect(() => wholeNumber(1)(text)).toThrow('at least 1')
})

it('reads non-negative numbers and refuses everything else', () => {
  expect(nonNegativeNumber('0.5')).toBe(0.5)
  expect(nonNegativeNumber('.5')).toBe(0.5)
  expect(nonNegativeNumber('2')).toBe(2)
  for (const text of ['-1', '', '.', '1,5', 'NaN', 'Infinity']) expect(() => nonNegativeNumber(text)).toThrow('number')
})
