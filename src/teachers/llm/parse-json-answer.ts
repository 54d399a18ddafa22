import { jsonrepair } from 'jsonrepair'

export type ParsedJson =
  | {
      value: unknown
      /** True if the text ends in the middle of the JSON, so that its last piece may be incomplete. */
      cut: boolean
    }
  | { problem: string }

/**
 * The JSON object or array that a model wrote, however it wrapped and spelt it: thoughts, prose or a code fence around it, single quotes, trailing commas,
 * comments, Python's True, quotes that should have been escaped, line feeds within strings, missing brackets. Says in words why there is none.
 */
export function parseJsonAnswer(answer: string): ParsedJson {
  const text = answer
    .replace(/^\uFEFF/, '')
    // Reasoning models think aloud first; a thought that never ends is no answer.
    .replace(/<think(?:ing)?>[\s\S]*?<\/think(?:ing)?>/g, '')
    .trim()
  if (text === '') return { problem: 'the answer is empty' }
  const pieces = piecesOf(text)
  for (const piece of pieces) {
    const value = attempt(() => JSON.parse(piece))
    if (isStructure(value)) return { value, cut: false }
  }
  for (const piece of pieces) {
    const value = attempt(() => JSON.parse(jsonrepair(escapeInnerQuotes(piece))))
    if (isStructure(value)) return { value, cut: !/[}\]]\s*[;,.]*$/.test(piece) }
  }
  const start = text.slice(0, 80).replaceAll(/\s+/g, ' ')
  return { problem: `the answer holds no JSON object; it begins "${start}"` }
}

/** Where the JSON may stand, the likeliest first. */
function piecesOf(text: string): string[] {
  const fenced = [...text.matchAll(/```[a-z0-9]*[ \t]*\r?\n?([\s\S]*?)(?:```|$)/gi)]
    .map(([, inner = '']) => inner.trim())
    .filter((inner) => /^[[{]/.test(inner))
    .sort((a, b) => b.length - a.length)
  const first = text.search(/[[{]/)
  if (first < 0) return fenced
  const last = Math.max(text.lastIndexOf('}'), text.lastIndexOf(']'))
  const bracketed = last > first ? [text.slice(first, last + 1)] : []
  // What follows the last bracket is prose, or the rest of JSON that was cut off: there the quote that is open tells.
  const rest = text.slice(last + 1)
  const goesOn = last <= first || /^\s*(?:[{["]|,\s*\S)/.test(rest)
  return [...fenced, ...(goesOn ? [text.slice(first), ...bracketed] : [...bracketed, text.slice(first)])]
}

function isStructure(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0
}

function attempt(work: () => unknown): unknown {
  try {
    return work()
  } catch {
    return undefined
  }
}

/**
 * Escapes double quotes inside of strings: one that is not followed by what may follow a string (a comma before a key or value, a colon, a bracket, the end)
 * belongs to the text.
 */
export function escapeInnerQuotes(json: string): string {
  let result = ''
  let inside = false
  for (let i = 0; i < json.length; i++) {
    const character = json[i]!
    if (character === '\\' && inside) {
      result += character + (json[++i] ?? '')
      continue
    }
    if (character !== '"') {
      result += character
      continue
    }
    if (!inside) inside = true
    else if (endsString(json, i)) inside = false
    else {
      result += '\\"'
      continue
    }
    result += character
  }
  return result
}

/** True if the quote at `index` can be the end of a string. */
function endsString(json: string, index: number): boolean {
  const after = json.slice(index + 1, index + 200)
  // A comma ends a string only if the next thing begins one, or a value, on a plausible place: `", "key": ` or `", {`.
  return /^\s*(?:$|[:}\]]|,\s*(?:$|[}\]{["']|\/[/*]|\w+\s*:|-?\d|true|false|null|True|False|None)|\/[/*]|"\s*[a-z_ ]+"\s*:|\r?\n)/.test(
    after,
  )
}
