import { LeapError } from '../../../contracts/error.ts'
import { type Query, readQuery } from './query.ts'
import { readValue, type Value } from './value.ts'

/** What stands between braces before the bar: a value, or another rule. */
export type Item = { readonly kind: 'value'; readonly value: Value } | { readonly kind: 'rule'; readonly rule: string }

/** A piece of a template. `each` writes its item once per answer of the query; as a `list` with commas and "nothing" when empty. */
export type Part =
  | { readonly kind: 'text'; readonly text: string }
  | Item
  | { readonly kind: 'each'; readonly item: Item; readonly query: Query | undefined; readonly list: boolean }

/** A parsed right-hand side, command template or feedback. */
export type Template = readonly Part[]

/**
 * Reads a template: text, `#rule#`, `{value}`, `{value | query}`, `{#rule# | query}`, `[{... | query}]`. White space at the
 * beginning is dropped, as TextWorld's parser does (its comment rule swallows it).
 *
 * @throws LeapError `GAME_GRAMMAR_INVALID` naming the construct and what is unbalanced.
 */
export function readTemplate(text: string, source: string, construct: string): Template {
  const body = text.replace(/^\s+/, '').replaceAll('\\n', '\n')
  const fail = (expected: string, offset: number) =>
    new LeapError({
      code: 'GAME_GRAMMAR_INVALID',
      message: `${source}: ${construct}: expected ${expected} at "${body.slice(offset, offset + 40)}" in the template "${body}"`,
    })
  const parts: Part[] = []
  let at = 0
  const braces = (list: boolean): Part => {
    const end = body.indexOf('}', at)
    if (end < 0) throw fail('a closing "}"', at)
    const inner = body.slice(at + 1, end)
    if (inner.includes('{')) throw fail('no "{" within braces', at)
    const bar = inner.indexOf('|')
    const head = (bar < 0 ? inner : inner.slice(0, bar)).trim()
    const query = bar < 0 ? undefined : readQuery(inner.slice(bar + 1), source, construct)
    at = end + 1
    const rule = /^#([^#]+)#$/.exec(head)
    const item: Item =
      rule === null ? { kind: 'value', value: readValue(head, source, construct) } : { kind: 'rule', rule: rule[1]! }
    return query === undefined && !list ? item : { kind: 'each', item, query, list }
  }
  while (at < body.length) {
    const mark = body[at]!
    if (mark === '{') parts.push(braces(false))
    else if (mark === '[') {
      const start = at++
      while (body[at] === ' ') at++
      if (body[at] !== '{') throw fail('"[{... | query}]"', start)
      parts.push(braces(true))
      while (body[at] === ' ') at++
      if (body[at] !== ']') throw fail('a closing "]"', start)
      at++
    } else if (mark === '#') {
      const end = body.indexOf('#', at + 1)
      if (end < 0) throw fail('a closing "#"', at)
      parts.push({ kind: 'rule', rule: body.slice(at + 1, end) })
      at = end + 1
    } else if (mark === '}' || mark === ']') throw fail(`no "${mark}" that closes nothing`, at)
    else {
      const start = at
      while (at < body.length && !'{}[]#'.includes(body[at]!)) at++
      parts.push({ kind: 'text', text: body.slice(start, at) })
    }
  }
  return parts
}
