import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalJson } from './canonical-json.ts'

describe('canonicalJson', () => {
  it('gives equal text to equal values, whatever the order of their keys', () => {
    expect(canonicalJson({ b: 1, a: [{ d: undefined, c: 'x' }] })).toBe('{"a":[{"c":"x"}],"b":1}')
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const reversed = Object.fromEntries(Object.entries(value).reverse())
        expect(canonicalJson(reversed)).toBe(canonicalJson(value))
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)))
      }),
    )
  })

  it('refuses what would be lost', () => {
    const cycle: Record<string, unknown> = {}
    cycle.self = cycle
    for (const value of [Number.NaN, [Number.POSITIVE_INFINITY], { f: () => 1 }, 1n, cycle]) {
      expect(() => canonicalJson(value)).toThrow(TypeError)
    }
  })
})
