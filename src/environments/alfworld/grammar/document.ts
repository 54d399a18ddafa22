import { LeapError } from '../../../contracts/error.ts'

/** One way to write a rule: its text, used when its condition holds. */
export interface Alternative {
  readonly rhs: string
  readonly condition?: string
}

/** How an action is typed and answered. */
export interface ActionText {
  readonly template: string
  readonly feedback: string
}

/** A game's grammar as written; the templates are not parsed yet, since a file may hold broken ones that nothing uses. */
export interface GrammarDocument {
  /** Rule name -> alternatives; the first one that holds is used. */
  readonly rules: ReadonlyMap<string, readonly Alternative[]>
  /** Lower-case action name -> its texts. */
  readonly actions: ReadonlyMap<string, ActionText>
}

const spacePattern = /(?:\s+|#[^\n]*)*/y
const grammarPattern = /grammar\s*::\s*"""([\s\S]*?)"""\s*;/y
const actionPattern = /action\s+([\w-]+)\s*\{/y
const fieldPattern = /(template|feedback|grammar|pddl)\s*::\s*(?:"""([\s\S]*?)"""|"([^"]*)")\s*;/y

/**
 * Reads a twl2 grammar: `grammar :: """JSON""";` and `action Name { template :: "..."; feedback :: "..."; ... }` in any order.
 * All JSON objects are merged; a later definition of a rule replaces an earlier one.
 *
 * @throws LeapError `GAME_GRAMMAR_INVALID` naming line and construct.
 */
export function readGrammar(text: string, source: string): GrammarDocument {
  const rules = new Map<string, readonly Alternative[]>()
  const actions = new Map<string, ActionText>()
  let at = 0
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at
    const match = pattern.exec(text)
    if (match !== null) at = pattern.lastIndex
    return match
  }
  const fail = (expected: string) => {
    const line = text.slice(0, at).split('\n').length
    return new LeapError({
      code: 'GAME_GRAMMAR_INVALID',
      message: `${source}: grammar, line ${line}: expected ${expected}, found "${text.slice(at, at + 40).split('\n')[0]}"`,
    })
  }
  for (take(spacePattern); at < text.length; take(spacePattern)) {
    const block = take(grammarPattern)
    if (block !== null) {
      addRules(rules, block[1]!, source, 'grammar')
      continue
    }
    const action = take(actionPattern)
    if (action === null) throw fail('\'grammar :: """...""";\' or "action Name { ... }"')
    const name = action[1]!
    const found = new Map<string, string>()
    for (take(spacePattern); text[at] !== '}'; take(spacePattern)) {
      const field = take(fieldPattern)
      if (field === null) throw fail(`template, feedback, grammar or "}" in action ${name}`)
      found.set(field[1]!, field[2] ?? field[3]!)
    }
    at++
    const template = found.get('template')
    const feedback = found.get('feedback')
    if (template === undefined || feedback === undefined) throw fail(`a template and a feedback in action ${name}`)
    actions.set(name.toLowerCase(), { template, feedback })
    const own = found.get('grammar')
    if (own !== undefined) addRules(rules, withoutCommentLines(own), source, `grammar of action ${name}`)
  }
  return { rules, actions }
}

const withoutCommentLines = (text: string) =>
  text
    .split('\n')
    .filter((line) => !line.trimStart().startsWith('#'))
    .join('\n')

function addRules(rules: Map<string, readonly Alternative[]>, json: string, source: string, construct: string): void {
  const fail = (message: string, cause?: unknown) =>
    new LeapError({ code: 'GAME_GRAMMAR_INVALID', message: `${source}: ${construct}: ${message}`, cause })
  let parsed: unknown
  try {
    parsed = JSON.parse(json)
  } catch (error) {
    throw fail(`expected a JSON object of rules, found ${(error as Error).message}`, error)
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
    throw fail('expected a JSON object of rules')
  for (const [name, alternatives] of Object.entries(parsed)) {
    if (!Array.isArray(alternatives) || alternatives.length === 0)
      throw fail(`rule "${name}": expected a list of alternatives`)
    for (const one of alternatives) {
      const condition = one?.condition
      if (typeof one?.rhs !== 'string' || (condition !== undefined && typeof condition !== 'string')) {
        throw fail(
          `rule "${name}": expected {"rhs": text, "condition"?: text}, found ${JSON.stringify(one)?.slice(0, 80)}`,
        )
      }
    }
    rules.set(name, alternatives)
  }
}
