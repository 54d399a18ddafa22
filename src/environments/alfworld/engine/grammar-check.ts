import { LeapError } from '../../../contracts/error.ts'
import type { GrammarDocument } from '../grammar/document.ts'
import type { Query } from '../grammar/query.ts'
import { readQuery } from '../grammar/query.ts'
import { readTemplate } from '../grammar/template.ts'
import type { Domain } from '../pddl/model.ts'
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

  const visitQuery = (query: Query, construct: string) => {
    for (const { predicate } of query) {
      const base = domain.predicates.has(predicate) ? predicate : (deniedPredicate(predicate) ?? predicate)
      if (!domain.predicates.has(base)) {
        throw new LeapError({
          code: 'GAME_PREDICATE_UNKNOWN',
          message: `${source}: grammar, ${construct}: expected a predicate of the domain, found "${predicate}"`,
          remedy: `The domain declares ${[...domain.predicates.keys()].join(', ')}.`,
        })
      }
      predicates.add(base)
      if (base !== predicate) denied.add(base)
    }
  }
  const visitRule = (name: string, construct: string) => {
    if (seen.has(name)) return
    seen.add(name)
    const alternatives = grammar.rules.get(name)
    if (alternatives === undefined) throw missingRule(source, construct, name)
    const own = `rule "${name}"`
    for (const { rhs, condition } of alternatives) {
      if (condition !== undefined && condition !== '') visitQuery(readQuery(condition, source, `grammar, ${own}`), own)
      visitTemplate(rhs, own)
    }
  }
  const visitTemplate = (text: string, construct: string) => {
    for (const part of readTemplate(text, source, `grammar, ${construct}`)) {
      if (part.kind === 'rule') visitRule(part.rule, construct)
      if (part.kind !== 'each') continue
      if (part.item.kind === 'rule') visitRule(part.item.rule, construct)
      if (part.query !== undefined) visitQuery(part.query, construct)
      if (part.list)
        for (const rule of ['list_empty', 'list_separator', 'list_last_separator']) visitRule(rule, construct)
    }
  }

  visitRule('intro', 'the introduction')
  for (const action of domain.actions) {
    const texts = grammar.actions.get(action.name)
    if (texts === undefined) {
      throw new LeapError({
        code: 'GAME_RULE_MISSING',
        message: `${source}: grammar: expected a block "action ${action.name} { template, feedback }" for the action of the domain, found none`,
      })
    }
    visitTemplate(texts.template, `template of action ${action.name}`)
    visitTemplate(texts.feedback, `feedback of action ${action.name}`)
  }
  const use = { predicates, denied }
  const byDomain = kept.get(grammar) ?? new WeakMap<Domain, GrammarUse>()
  byDomain.set(domain, use)
  kept.set(grammar, byDomain)
  return use
}
