import { LeapError } from '../../../contracts/error.ts'
import type { GrammarDocument } from '../grammar/document.ts'
import type { Query } from '../grammar/query.ts'
import type { Item } from '../grammar/template.ts'
import type { Value } from '../grammar/value.ts'
import type { Domain } from '../pddl/model.ts'
import { parsedQuery, parsedTemplate } from './parsed-texts.ts'
import { deniedPredicate, missingRule } from './writer.ts'

/** What the texts of a game ask the facts for. */
export interface GrammarUse {
  readonly predicates: ReadonlySet<string>
  /** Predicates p for which they ask `not_p`. */
  readonly denied: ReadonlySet<string>
}

const kept = new WeakMap<GrammarDocument, WeakMap<Domain, GrammarUse>>()

/**
 * Follows everything that a game can write, from its introduction and from the texts of the domain's actions. Broken or unknown
 * parts that nothing uses are left alone, since official files hold some.
 *
 * @throws LeapError `GAME_RULE_MISSING`, `GAME_GRAMMAR_INVALID`, `GAME_PREDICATE_UNKNOWN`
 */
export function checkGrammar(grammar: GrammarDocument, domain: Domain, source: string): GrammarUse {
  const known = kept.get(grammar)?.get(domain)
  if (known !== undefined) return known
  const predicates = new Set<string>()
  const denied = new Set<string>()
  const seen = new Set<string>()

  const invalid = (construct: string, expected: string, found: string) =>
    new LeapError({
      code: 'GAME_GRAMMAR_INVALID',
      message: `${source}: grammar, ${construct}: expected ${expected}, found ${found}`,
    })

  /** Checks a query and returns the names in sight of what it governs. */
  const visitQuery = (query: Query, construct: string, scope: Scope): Scope => {
    for (const { predicate, variables } of query) {
      const base = domain.predicates.has(predicate) ? predicate : (deniedPredicate(predicate) ?? predicate)
      const declared = domain.predicates.get(base)
      if (declared === undefined) {
        throw new LeapError({
          code: 'GAME_PREDICATE_UNKNOWN',
          message: `${source}: grammar, ${construct}: expected a predicate of the domain, found "${predicate}"`,
          remedy: `The domain declares ${[...domain.predicates.keys()].join(', ')}.`,
        })
      }
      if (declared.length !== variables.length) {
        throw invalid(construct, `${declared.length} argument(s) for "${predicate}"`, `${variables.length}`)
      }
      predicates.add(base)
      if (base !== predicate) denied.add(base)
    }
    return new Set([...scope, ...query.flatMap(({ variables }) => variables.map(({ name }) => name))])
  }
  const visitRule = (name: string, construct: string, scope: Scope) => {
    const key = `${name} ${[...scope].sort().join()}`
    if (seen.has(key)) return
    seen.add(key)
    const alternatives = grammar.rules.get(name)
    if (alternatives === undefined) throw missingRule(source, construct, name)
    const own = `rule "${name}"`
    for (const { rhs, condition } of alternatives) {
      const isOpen = condition === undefined || condition === ''
      if (!isOpen) visitQuery(parsedQuery(condition, source, own), own, scope)
      visitTemplate(rhs, own, scope)
      if (isOpen) break
    }
  }
  const visitItem = (item: Item, construct: string, scope: Scope) => {
    if (item.kind === 'rule') visitRule(item.rule, construct, scope)
    else {
      for (const variable of variablesOf(item.value)) {
        if (scope.has(variable)) continue
        throw invalid(construct, `one of the variables ${[...scope].join(', ') || '(none)'}`, `"${variable}"`)
      }
    }
  }
  const visitTemplate = (text: string, construct: string, scope: Scope) => {
    for (const part of parsedTemplate(text, source, construct)) {
      if (part.kind === 'rule' || part.kind === 'value') visitItem(part, construct, scope)
      if (part.kind !== 'each') continue
      const inner = part.query === undefined ? scope : visitQuery(part.query, construct, scope)
      visitItem(part.item, construct, inner)
      if (!part.list) continue
      for (const rule of ['list_empty', 'list_separator', 'list_last_separator']) visitRule(rule, construct, scope)
    }
  }

  visitRule('intro', 'the introduction', new Set())
  for (const action of domain.actions) {
    const texts = grammar.actions.get(action.name)
    if (texts === undefined) {
      throw new LeapError({
        code: 'GAME_RULE_MISSING',
        message: `${source}: grammar: expected a block "action ${action.name} { template, feedback }" for the action of the domain, found none`,
      })
    }
    const scope = new Set(action.parameters.map(({ name }) => name.replace(/^\?/, '')))
    visitTemplate(texts.template, `template of action ${action.name}`, scope)
    visitTemplate(texts.feedback, `feedback of action ${action.name}`, scope)
  }
  const use = { predicates, denied }
  const byDomain = kept.get(grammar) ?? new WeakMap<Domain, GrammarUse>()
  byDomain.set(domain, use)
  kept.set(grammar, byDomain)
  return use
}

/** Names of the variables in sight. */
type Scope = ReadonlySet<string>

function variablesOf(value: Value): string[] {
  if (value.kind === 'field') return [value.variable]
  return value.kind === 'text' ? [] : value.parts.flatMap(variablesOf)
}
