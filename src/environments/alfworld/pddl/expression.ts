import { LeapError } from '../../../contracts/error.ts'

/** A PDDL expression: a lower-case word, or a parenthesised list. */
export type Expression = string | Expression[]

const isSpace = (code: number) => code === 32 || (code >= 9 && code <= 13)

/**
 * Reads the one expression that a PDDL text holds. `;` starts a comment, everything is lower-cased, and a `?` starts a new word
 * (`a?b` is two), as Fast Downward's reader does.
 *
 * @throws LeapError `GAME_PDDL_INVALID` for unbalanced parentheses or text outside them; `construct` and the line are named.
 */
export function readExpression(text: string, source: string, construct: string): Expression[] {
  const lower = text.toLowerCase()
  const length = lower.length
  const fail = (offset: number, found: string) => {
    const line = lower.slice(0, offset).split('\n').length
    return new LeapError({
      code: 'GAME_PDDL_INVALID',
      message: `${source}: ${construct}, line ${line}: expected one balanced expression "(define ...)", found ${found}`,
      remedy: 'The file may be truncated or damaged: fetch or generate it again.',
    })
  }
  const stack: Expression[][] = []
  let current: Expression[] | undefined
  let whole: Expression[] | undefined
  let opened = 0
  let at = 0
  while (at < length) {
    const code = lower.charCodeAt(at)
    if (isSpace(code)) {
      at++
    } else if (code === 59) {
      const end = lower.indexOf('\n', at)
      at = end < 0 ? length : end
    } else if (code === 40) {
      if (whole !== undefined) throw fail(at, 'a second "("')
      if (current === undefined) opened = at
      else stack.push(current)
      current = []
      at++
    } else if (code === 41) {
      if (current === undefined) throw fail(at, 'a ")" that closes nothing')
      const outer = stack.pop()
      if (outer === undefined) whole = current
      else outer.push(current)
      current = outer
      at++
    } else {
      const start = at++
      while (at < length) {
        const next = lower.charCodeAt(at)
        if (isSpace(next) || next === 40 || next === 41 || next === 59 || next === 63) break
        at++
      }
      if (current === undefined) throw fail(start, `"${lower.slice(start, at)}" outside of it`)
      current.push(lower.slice(start, at))
    }
  }
  if (current !== undefined) throw fail(opened, `the end of the text inside a "(" (${stack.length + 1} not closed)`)
  if (whole === undefined) throw fail(length, 'nothing')
  return whole
}

/** An expression as text again, cut to a length that suits a message. */
export function showExpression(expression: Expression | undefined): string {
  if (expression === undefined) return 'nothing'
  const text = typeof expression === 'string' ? expression : `(${expression.map(showExpression).join(' ')})`
  return text.length > 120 ? `${text.slice(0, 117)}...` : text
}
