import { describe, expect, it } from 'vitest'
import {
  compareCodePoints,
  dumpDictionary,
  floatText,
  representDictionary,
  representText,
  splitWords,
  strip,
} from './python-text.ts'

// Expected values: CPython 3.
describe('text as Python makes it', () => {
  it('prints floats', () => {
    const values = [1, 0.1, 100, 1e16, 1e-5, 123456789012345680, 1.5e-7, 0.1 + 0.2, 1e22, -0, 4299.99]
    expect(values.map(floatText)).toEqual(
      '1.0 0.1 100.0 1e+16 1e-05 1.2345678901234568e+17 1.5e-07 0.30000000000000004 1e+22 -0.0 4299.99'.split(' '),
    )
  })

  it('represents strings: quotes, escapes and what cannot be printed', () => {
    const pairs = [
      ["it's", `"it's"`],
      ['say "x"', `'say "x"'`],
      [`it's "x"`, `'it\\'s "x"'`],
      ['a\\b', "'a\\\\b'"],
      ['wine\u00a0red', "'wine\\xa0red'"],
      ['\u200b', "'\\u200b'"],
      ['\u{e0001}', "'\\U000e0001'"],
      ['tab\t', "'tab\\t'"],
      ['é★\u{1f600}', "'é★\u{1f600}'"],
    ]
    for (const [text, expected] of pairs) expect(representText(text!)).toBe(expected)
    expect(
      representDictionary([
        ['size', '5"'],
        ['fit type', "men's"],
      ]),
    ).toBe(`{'size': '5"', 'fit type': "men's"}`)
  })

  it('dumps dictionaries as ASCII', () => {
    expect(
      dumpDictionary([
        ['color', 'café ★\u007f'],
        ['size', '5"'],
      ]),
    ).toBe('{"color": "caf\\u00e9 \\u2605\\u007f", "size": "5\\""}')
    expect(dumpDictionary([])).toBe('{}')
  })

  it('strips and splits at what Python takes for white space', () => {
    expect(strip('\u00a0\x1c a b\u3000\n')).toBe('a b')
    expect(strip('\ufeffa')).toBe('\ufeffa')
    expect(splitWords(' a\u2003b  c ')).toEqual(['a', 'b', 'c'])
  })

  it('sorts by code point, which differs from UTF-16 beyond the first plane', () => {
    expect(['\u{1f600}', '\uff21', 'b', 'ab', 'a'].sort(compareCodePoints)).toEqual([
      'a',
      'ab',
      'b',
      '\uff21',
      '\u{1f600}',
    ])
  })
})
