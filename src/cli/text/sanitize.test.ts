import { describe, expect, it } from 'vitest'
import { sanitize, sanitizeLine } from './sanitize.ts'

describe('sanitize', () => {
  it('takes colours, cursor movements and titles out', () => {
    expect(sanitize('a\u001b[31mred\u001b[0m\u001b[2J\u001b]0;title\u0007b')).toBe('aredb')
  })

  it('shows what is left of a broken escape sequence instead of sending it', () => {
    const text = sanitize('a\u001b\u0007\u009bb\u0000')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: none of them may be left
    expect(text).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/)
    expect(text).toContain('a')
    expect(text).toContain('b')
  })

  it('shows a lone carriage return, which would overwrite the line, and the marks that turn text around', () => {
    expect(sanitize('success\rfailure')).toBe('success\\x0dfailure')
    expect(sanitize('\u202edrawkcab')).toBe('\\u{202e}drawkcab')
  })

  it('keeps lines, tabs and letters of all languages', () => {
    expect(sanitize('one\r\ntwo\t3 ä 漢字 🙂')).toBe('one\ntwo\t3 ä 漢字 🙂')
    expect(sanitizeLine('one\ntwo')).toBe('one ⏎ two')
  })
})
