import { LeapError } from '../../../contracts/error.ts'

/** A variable of a text query. Its identity is name and type together: `r:receptacle` and `r:object` are two. */
export interface QueryVariable {
  readonly name: string
  readonly type: string
}

/** One conjunct, a predicate over variables. `not_p` asks for facts that an action has explicitly deleted. */
export interface QueryLiteral {
  readonly predicate: string
  readonly variables: readonly QueryVariable[]
}

/** A conjunction over the text facts. */
export type Query = readonly QueryLiteral[]

const literalPattern = /^([\w-]+)\s*\(([^()]*)\)$/
const variablePattern = /^([\w-]+)(?:\s*:\s*([\w-]+))?$/

/** Reads `pred(v:type, ...) & pred(...)`; a variable without a type has its own name as type. Throws `GAME_GRAMMAR_INVALID`. */
export function readQuery(text: string, source: string, construct: string): Query {
  return text.split('&').map((conjunct) => {
    const fail = (expected: string) =>
      new LeapError({
        code: 'GAME_GRAMMAR_INVALID',
        message: `${source}: ${construct}: expected ${expected}, found "${conjunct.trim()}" in the query "${text.trim()}"`,
      })
    const match = literalPattern.exec(conjunct.trim())
    if (match === null) throw fail('"predicate(variable:type, ...)"')
    const inner = match[2]!.trim()
    const variables = (inner === '' ? [] : inner.split(',')).map((argument) => {
      const parts = variablePattern.exec(argument.trim())
      if (parts === null) throw fail('"variable:type" as arguments')
      return { name: parts[1]!, type: parts[2] ?? parts[1]! }
    })
    return { predicate: match[1]!, variables }
  })
}
