import { LeapError } from '../../../contracts/error.ts'

/** What a text may ask of an entity. */
export type EntityField = 'name' | 'id' | 'indefinite' | 'definite' | 'type'
const fields: readonly string[] = ['name', 'id', 'indefinite', 'definite', 'type']

/** The part of Python's expressions that game texts use: `'text'`, `r`, `r.name`, `x + y`, `x or y`. */
export type Value =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'field'; readonly variable: string; readonly field: EntityField }
  | { readonly kind: 'join'; readonly parts: readonly Value[] }
  | { readonly kind: 'first'; readonly parts: readonly Value[] }

const tokenPattern = /\s*(?:'([^']*)'|"([^"]*)"|([A-Za-z_]\w*)|([.+()]))/y

/** Reads the expression between the braces of a template. Throws `GAME_GRAMMAR_INVALID`. */
export function readValue(text: string, source: string, construct: string): Value {
  type Token = { text?: string; word?: string; mark?: string }
  const tokens: Token[] = []
  const fail = (found: string) =>
    new LeapError({
      code: 'GAME_GRAMMAR_INVALID',
      message: `${source}: ${construct}: expected names, quoted text, "+" or "or" between the braces, found ${found} in "{${text}}"`,
    })
  const trimmed = text.trim()
  tokenPattern.lastIndex = 0
  while (tokenPattern.lastIndex < trimmed.length) {
    const start = tokenPattern.lastIndex
    const match = tokenPattern.exec(trimmed)
    if (match === null) throw fail(`"${trimmed.slice(start)}"`)
    const quoted = match[1] ?? match[2]
    if (quoted !== undefined) tokens.push({ text: quoted })
    else tokens.push(match[3] === undefined ? { mark: match[4]! } : { word: match[3] })
  }
  let at = 0
  const primary = (): Value => {
    const token = tokens[at++]
    if (token?.text !== undefined) return { kind: 'text', text: token.text }
    if (token?.mark === '(') {
      const inner = either()
      if (tokens[at++]?.mark !== ')') throw fail('no closing ")"')
      return inner
    }
    if (token?.word === undefined || token.word === 'or')
      throw fail(token === undefined ? 'nothing' : `"${token.mark ?? token.word}"`)
    if (tokens[at]?.mark !== '.') return { kind: 'field', variable: token.word, field: 'name' }
    at++
    const field = tokens[at++]?.word ?? ''
    if (!fields.includes(field)) throw fail(`".${field}" (an entity has ${fields.join(', ')})`)
    return { kind: 'field', variable: token.word, field: field as EntityField }
  }
  const sum = (): Value => {
    const parts = [primary()]
    while (tokens[at]?.mark === '+') {
      at++
      parts.push(primary())
    }
    return parts.length === 1 ? parts[0]! : { kind: 'join', parts }
  }
  const either = (): Value => {
    const parts = [sum()]
    while (tokens[at]?.word === 'or') {
      at++
      parts.push(sum())
    }
    return parts.length === 1 ? parts[0]! : { kind: 'first', parts }
  }
  const value = either()
  if (at < tokens.length) throw fail(`more after the expression`)
  return value
}
