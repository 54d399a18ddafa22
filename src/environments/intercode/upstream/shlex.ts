/**
 * Splits a command line as Python's `shlex.split` does in POSIX mode, which is how the Docker client of the original environment makes an
 * argument list out of `/bin/bash -c "<action>"`: white space is space, tab, CR and LF; outside quotes a backslash takes the next character as it
 * is; single quotes are literal; in double quotes a backslash escapes only `"` and `\`; adjacent pieces join; there are no comments.
 *
 * @returns undefined where Python raises ValueError: a quote that is not closed, or a backslash at the end
 */
export function splitShellWords(text: string): string[] | undefined {
  const words: string[] = []
  let word: string | undefined
  let index = 0
  while (index < text.length) {
    const char = text[index++]!
    if (isBlank(char)) {
      if (word !== undefined) words.push(word)
      word = undefined
    } else if (char === '\\') {
      if (index === text.length) return undefined
      // A surrogate pair is one character to Python.
      const taken = String.fromCodePoint(text.codePointAt(index)!)
      word = (word ?? '') + taken
      index += taken.length
    } else if (char === "'" || char === '"') {
      const quoted = readQuoted(text, index, char)
      if (quoted === undefined) return undefined
      word = (word ?? '') + quoted.value
      index = quoted.end
    } else {
      word = (word ?? '') + char
    }
  }
  if (word !== undefined) words.push(word)
  return words
}

function readQuoted(text: string, start: number, quote: string): { value: string; end: number } | undefined {
  let value = ''
  for (let index = start; index < text.length; index++) {
    const char = text[index]!
    if (char === quote) return { value, end: index + 1 }
    if (char !== '\\' || quote === "'") {
      value += char
      continue
    }
    const next = text[++index]
    if (next === undefined) return undefined
    value += next === '"' || next === '\\' ? next : `\\${next}`
  }
  return undefined
}

const isBlank = (char: string) => char === ' ' || char === '\t' || char === '\r' || char === '\n'
