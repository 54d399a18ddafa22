import { displayWidth } from './display-width.ts'

/** Breaks a text (its own line breaks kept) into lines of at most `columns`, between words where possible. Never returns an empty list. */
export function wrap(text: string, columns: number): string[] {
  return text.split('\n').flatMap((line) => wrapLine(line.replaceAll('\t', '  '), Math.max(1, columns)))
}

function wrapLine(line: string, columns: number): string[] {
  const indent = line.match(/^ */)![0]
  const lines: string[] = []
  let current = ''
  for (const word of line.slice(indent.length).split(' ')) {
    const joined = current === '' ? indent + word : `${current} ${word}`
    if (displayWidth(joined) <= columns) {
      current = joined
      continue
    }
    if (current.trim() !== '') lines.push(current)
    const pieces = splitWord(word, columns)
    lines.push(...pieces.slice(0, -1))
    current = pieces.at(-1)!
  }
  return [...lines, current]
}

function splitWord(word: string, columns: number): string[] {
  const pieces = ['']
  for (const character of word) {
    if (pieces.at(-1) !== '' && displayWidth(pieces.at(-1)! + character) > columns) pieces.push('')
    pieces[pieces.length - 1] += character
  }
  return pieces
}
