import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { kendallTau } from './kendall-tau.ts'
import { pythonRepr, reprOfTuple } from './python-repr.ts'
import { reprOfFloat } from './python-repr-float.ts'
import { roundAsNumpy, roundAsPython } from './rounding.ts'
import { splitShellWords } from './shlex.ts'
import { tfidfSimilarity } from './tfidf.ts'

/** What the originals answer; made by testing/make-python-answers.py (Python 3.11, numpy 1, scikit-learn, scipy). */
const answers = JSON.parse(readFileSync(new URL('./testing/python-answers.json', import.meta.url), 'utf8')) as {
  shlex: [string, string[] | null][]
  tfidf: [string, string, number | null][]
  tau: [string[], string[], number | null][]
  round: [number, number, number][]
  floats: [string, number][]
  strings: [string, string][]
  bytes: [number[], string][]
  timedeltas: [number, string][]
  datetimes: [[number, number, number, number, number, number, number], string][]
}

it('splits command lines as shlex', () => {
  for (const [line, words] of answers.shlex) expect(splitShellWords(line) ?? null, JSON.stringify(line)).toEqual(words)
})

it('compares texts as scikit-learn', () => {
  for (const [first, second, expected] of answers.tfidf) {
    const found = tfidfSimilarity(first, second)
    const where = JSON.stringify([first, second])
    if (expected === null) expect(found, where).toBeUndefined()
    else expect(found, where).toBeCloseTo(expected, 12)
  }
})

it('measures order as scipy', () => {
  for (const [first, second, expected] of answers.tau) {
    const found = kendallTau(first, second)
    if (expected === null) expect(found).toBeNaN()
    else expect(found).toBeCloseTo(expected, 12)
  }
})

it('rounds as CPython and as numpy', () => {
  for (const [value, python, numpy] of answers.round) {
    expect(roundAsPython(value, 2) + 0, String(value)).toBe(python + 0)
    expect(roundAsNumpy(value, 2) + 0, String(value)).toBe(numpy + 0)
  }
})

it('writes values as repr', () => {
  for (const [text, value] of answers.floats) expect(reprOfFloat(value)).toBe(text)
  for (const [value, text] of answers.strings) expect(pythonRepr(value)).toBe(text)
  for (const [value, text] of answers.bytes) expect(pythonRepr(Uint8Array.from(value))).toBe(text)
  for (const [value, text] of answers.timedeltas) expect(pythonRepr({ timedelta: BigInt(value) })).toBe(text)
  for (const [value, text] of answers.datetimes) expect(pythonRepr({ datetime: value })).toBe(text)
  expect(reprOfTuple([1n, 'a', null, { decimal: '1.50' }, { date: [2020, 1, 2] }, 2])).toBe(
    "(1, 'a', None, Decimal('1.50'), datetime.date(2020, 1, 2), 2.0)",
  )
  expect(reprOfTuple([1n])).toBe('(1,)')
  expect([Number.NaN, Number.POSITIVE_INFINITY, -0].map(reprOfFloat)).toEqual(['nan', 'inf', '-0.0'])
})
