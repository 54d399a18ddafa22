import fc from 'fast-check'
import { expect, it } from 'vitest'
import { compareCodePoints } from './compare-code-points.ts'

it('orders as arrays of code points do', () => {
  const char = fc.constantFrom('a', 'b', '\u00e9', '\ud7ff', '\ue000', '\uffff', '\u{10000}', '\u{1f600}')
  const text = fc.array(char, { maxLength: 4 }).map((chars) => chars.join(''))
  const points = (value: string) => [...value].map((point) => point.codePointAt(0)!)
  fc.assert(
    fc.property(text, text, (a, b) => {
      const [left, right] = [points(a), points(b)]
      const at = left.findIndex((point, index) => point !== right[index])
      const expected = at < 0 ? left.length - right.length : left[at]! - (right[at] ?? -1)
      expect(Math.sign(compareCodePoints(a, b))).toBe(Math.sign(expected))
    }),
  )
})
