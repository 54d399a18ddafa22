import { describe, expect, it } from 'vitest'
import { displayWidth, pad, truncate } from './display-width.ts'
import { wrap } from './wrap.ts'

describe('wrap', () => {
  it('breaks between words and keeps the line breaks of the text', () => {
    expect(wrap('put a hot mug in the fridge\n\ndone', 12)).toEqual(['put a hot', 'mug in the', 'fridge', '', 'done'])
  })

  it('breaks a word that is wider than the column', () => {
    expect(wrap('ab cdefghij k', 4)).toEqual(['ab', 'cdef', 'ghij', 'k'])
  })

  it('loses no character and never exceeds the width', () => {
    const text = 'take mug 12 from 漢字漢字漢字 cabinet, then heat it with the microwave'
    for (const columns of [2, 5, 9, 30]) {
      const lines = wrap(text, columns)
      expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''))
      for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(columns)
    }
  })

  it('keeps an indent on the first line and goes on when the column is narrower than it', () => {
    expect(wrap('  a b', 10)).toEqual(['  a b'])
    expect(wrap('      abc', 3)).toEqual(['abc'])
  })
})

describe('displayWidth', () => {
  it('counts columns, not code units', () => {
    expect(displayWidth('mug')).toBe(3)
    expect(displayWidth('漢字')).toBe(4)
    expect(displayWidth('e\u0301')).toBe(1)
    expect(displayWidth('\u001b[31mred\u001b[39m')).toBe(3)
  })

  it('cuts and fills to columns', () => {
    expect(truncate('cabinet 12', 8)).toBe('cabinet…')
    expect(truncate('mug', 3)).toBe('mug')
    expect(pad('mug', 5)).toBe('mug  ')
    expect(pad('7', 3, 'end')).toBe('  7')
  })
})
