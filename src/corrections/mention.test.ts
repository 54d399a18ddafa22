import { describe, expect, it } from 'vitest'
import { mentions } from './mention.ts'

describe('mentions', () => {
  it.each([
    ['I go to cabinet 1.', 'cabinet 1', true],
    ['I go to Cabinet  1', 'cabinet 1', true],
    ['I go to cabinet 12.', 'cabinet 1', false],
    ['a filing cabinet 1', 'cabinet 1', true],
    ['a subcabinet 1', 'cabinet 1', false],
    ['run SELECT * FROM t;', 'select * from t', true],
    ['SELECT a FROM t', 'SELECT * FROM t', false],
    ['ls -l /srv/x', '/srv/x', true],
    ['über uns', 'ber', false],
    ['grep -c "a|b" file', 'grep -c "a|b" file', true],
  ])('%s / %s: %s', (text, phrase, expected) => {
    expect(mentions(text, phrase)).toBe(expected)
  })
})
