/** What Python's `str.isprintable` refuses: control, format, surrogate, private, unassigned characters, and separators other than the space. */
const unprintable = /[\p{C}\p{Z}]/u

const named: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' }

/** A string as Python's `repr` writes it: in single quotes, or in double ones if it holds a single and no double quote. */
export function reprOfString(text: string): string {
  const quote = quoteFor(text)
  let out = ''
  for (const char of text) {
    if (char === quote) out += `\\${char}`
    else if (named[char] !== undefined) out += named[char]
    else if (char !== ' ' && unprintable.test(char)) out += escapeCodePoint(char.codePointAt(0)!)
    else out += char
  }
  return `${quote}${out}${quote}`
}

/** Bytes as Python's `repr` writes them: `b'a\x00'`. */
export function reprOfBytes(bytes: Uint8Array): string {
  const quote = quoteFor(String.fromCharCode(...bytes.filter((byte) => byte === 0x22 || byte === 0x27)))
  let out = ''
  for (const byte of bytes) {
    const char = String.fromCharCode(byte)
    if (char === quote) out += `\\${char}`
    else if (named[char] !== undefined) out += named[char]
    else out += byte >= 0x20 && byte < 0x7f ? char : `\\x${hex(byte, 2)}`
  }
  return `b${quote}${out}${quote}`
}

const quoteFor = (text: string) => (text.includes("'") && !text.includes('"') ? '"' : "'")

function escapeCodePoint(point: number): string {
  if (point <= 0xff) return `\\x${hex(point, 2)}`
  return point <= 0xffff ? `\\u${hex(point, 4)}` : `\\U${hex(point, 8)}`
}

const hex = (value: number, digits: number) => value.toString(16).padStart(digits, '0')
