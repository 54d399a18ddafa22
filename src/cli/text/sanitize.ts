import { stripVTControlCharacters } from 'node:util'

/**
 * Makes text that somebody else wrote (a model, a game file, a web page) safe to print: escape sequences and control characters could
 * repaint the terminal, change its title or hide what was said. New lines and tabs stay; other control characters, and the marks that
 * reverse the direction of text, become a visible `\xNN` / `\u{NNNN}`.
 */
export function sanitize(text: string): string {
  return stripVTControlCharacters(text.replaceAll('\r\n', '\n')).replace(unprintable, (character) => {
    const code = character.codePointAt(0)!
    return code < 256 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`
  })
}

/** The same for text that must stay on one line. */
export function sanitizeLine(text: string): string {
  return sanitize(text).replaceAll('\n', ' ⏎ ').replaceAll('\t', ' ')
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these characters are what is looked for
const unprintable = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g
