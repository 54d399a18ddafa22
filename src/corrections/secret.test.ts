import { describe, expect, it } from 'vitest'
import { parseSecret } from './secret.ts'

describe('parseSecret', () => {
  it('tells pairs from terms', () => {
    expect(parseSecret('mug 1 @ cabinet 3')).toEqual({
      kind: 'pair',
      text: 'mug 1 @ cabinet 3',
      object: 'mug 1',
      place: 'cabinet 3',
    })
    for (const text of ['mug 1', 'user@host', 'ls @', '@ home', ' @ home']) {
      expect(parseSecret(text)).toEqual({ kind: 'term', text, term: text.trim() })
    }
  })
})
