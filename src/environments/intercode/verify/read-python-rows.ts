/**
 * Cuts a list of tuples as Python prints it, `[(1, 'a'), (2, 'b')]`, into the texts of its tuples.
 *
 * @returns undefined for any other text: an error, `None`
 */
export function readPythonRows(text: string): string[] | undefined {
  if (!text.startsWith('[') || !text.endsWith(']')) return undefined
  const rows: string[] = []
  let depth = 0
  let start = 0
  for (let index = 1; index < text.length - 1; index++) {
    const char = text[index]!
    if (char === "'" || char === '"') index = endOfString(text, index, char)
    else if (char === '(') {
      if (depth++ === 0) start = index
    } else if (char === ')' && --depth === 0) rows.push(text.slice(start, index + 1))
  }
  return depth === 0 ? rows : undefined
}

function endOfString(text: string, start: number, quote: string): number {
  let index = start + 1
  while (index < text.length && text[index] !== quote) index += text[index] === '\\' ? 2 : 1
  return index
}
