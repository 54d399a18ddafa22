import { type Query, readQuery } from '../grammar/query.ts'
import { readTemplate, type Template } from '../grammar/template.ts'

/** Beyond this many distinct texts all are forgotten: far more than the grammars of one family of games have. */
const most = 5000
const templates = new Map<string, Template>()
const queries = new Map<string, Query>()

/** `readTemplate`, remembered by text: the games of a family repeat their templates. */
export function parsedTemplate(text: string, source: string, construct: string): Template {
  return remember(templates, text, () => readTemplate(text, source, `grammar, ${construct}`))
}

/** `readQuery`, remembered by text. */
export function parsedQuery(text: string, source: string, construct: string): Query {
  return remember(queries, text, () => readQuery(text, source, `grammar, ${construct}`))
}

function remember<Value>(kept: Map<string, Value>, text: string, read: () => Value): Value {
  let value = kept.get(text)
  if (value === undefined) {
    value = read()
    if (kept.size >= most) kept.clear()
    kept.set(text, value)
  }
  return value
}
