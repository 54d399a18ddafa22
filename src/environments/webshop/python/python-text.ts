/** The text of a float as Python prints it: shortest digits that read back, always with a decimal point or an exponent. */
export function floatText(value: number): string {
  if (Number.isNaN(value)) return 'nan'
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf'
  if (Object.is(value, -0)) return '-0.0'
  const magnitude = Math.abs(value)
  if (magnitude !== 0 && (magnitude < 1e-4 || magnitude >= 1e16)) {
    const [digits, exponent] = value.toExponential().split('e') as [string, string]
    return `${digits}e${exponent[0]}${exponent.slice(1).padStart(2, '0')}`
  }
  const text = String(value)
  return text.includes('.') ? text : `${text}.0`
}

const whitespace = '\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000'
const leadingSpace = new RegExp(`^[${whitespace}]+`)
const trailingSpace = new RegExp(`[${whitespace}]+$`)
const anySpace = new RegExp(`[${whitespace}]+`)

/** Python's `str.strip()`. Differs from `trim` in control characters and the byte order mark. */
export function strip(text: string): string {
  return text.replace(leadingSpace, '').replace(trailingSpace, '')
}

/** Python's `str.split()` without a separator. */
export function splitWords(text: string): string[] {
  return text.split(anySpace).filter((word) => word !== '')
}

/** Compares by code point, as Python sorts strings. JavaScript compares UTF-16 units, which differs above U+FFFF. */
export function compareCodePoints(a: string, b: string): number {
  const length = Math.min(a.length, b.length)
  for (let i = 0; i < length; i++) {
    const left = a.charCodeAt(i)
    const right = b.charCodeAt(i)
    if (left === right) continue
    const isSurrogate = (unit: number) => unit >= 0xd800 && unit < 0xe000
    if (isSurrogate(left) !== isSurrogate(right)) return isSurrogate(left) ? 1 : -1
    return left - right
  }
  return a.length - b.length
}

const named: Record<string, string> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' }
const unprintable = /[\\\p{C}\p{Zl}\p{Zp}\p{Zs}]/gu

/** Python's `repr` of a string: single quotes unless the text holds only single ones, escapes for what cannot be printed. */
export function representText(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'"
  const escaped = text.replace(unprintable, (char) => {
    if (char === ' ') return char
    const known = named[char]
    if (known !== undefined) return known
    const code = char.codePointAt(0)!
    const hex = code.toString(16)
    if (code < 0x100) return `\\x${hex.padStart(2, '0')}`
    return code < 0x10000 ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`
  })
  return quote + (quote === "'" ? escaped.replaceAll("'", "\\'") : escaped) + quote
}

/** Python's `repr` of a dictionary of strings. */
export function representDictionary(entries: Iterable<readonly [string, string]>): string {
  return `{${[...entries].map(([key, value]) => `${representText(key)}: ${representText(value)}`).join(', ')}}`
}

/** Python's `json.dumps` of a dictionary of strings: other than ASCII escaped, a space after `:` and `,`. */
export function dumpDictionary(entries: Iterable<readonly [string, string]>): string {
  return `{${[...entries].map(([key, value]) => `${dumpText(key)}: ${dumpText(value)}`).join(', ')}}`
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: the range of what stays as it is
const beyondAscii = /[^\x00-\x7e]/g

function dumpText(text: string): string {
  return JSON.stringify(text).replace(beyondAscii, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
