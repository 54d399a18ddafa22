const zero = /\p{Mark}|\u200b|\u200d|\ufe0f/u
const wide = /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}|\p{Emoji_Presentation}/u
// biome-ignore lint/suspicious/noControlCharactersInRegex: our own colours, which take no room
const colour = /\u001b\[[0-9;]*m/g

/** Columns that a text takes on a terminal: our own colour codes none, East Asian characters and emoji two. */
export function displayWidth(text: string): number {
  const plain = text.replace(colour, '')
  if (isPrintableAscii(plain)) return plain.length
  let width = 0
  for (const character of plain) width += zero.test(character) ? 0 : wide.test(character) ? 2 : 1
  return width
}

/** Cuts a text without colours to so many columns, with an ellipsis where something is missing. */
export function truncate(text: string, columns: number): string {
  if (displayWidth(text) <= columns) return text
  let result = ''
  let width = 0
  for (const character of text) {
    width += displayWidth(character)
    if (width > columns - 1) break
    result += character
  }
  return `${result.trimEnd()}…`
}

/** Fills a text with spaces up to so many columns, on its right (`start`) or on its left (`end`). */
export function pad(text: string, columns: number, align: 'start' | 'end' = 'start'): string {
  const space = ' '.repeat(Math.max(0, columns - displayWidth(text)))
  return align === 'start' ? text + space : space + text
}

function isPrintableAscii(text: string): boolean {
  return /^[ -~]*$/.test(text)
}
