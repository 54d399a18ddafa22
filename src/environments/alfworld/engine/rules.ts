import type { ActionSchema, Domain } from '../pddl/model.ts'
import { type Branch, branchesOf, scopeOf, type Term, termsOf } from './branch.ts'

/** One effect of a schema with its terms resolved to slots. */
export interface RuleEffect {
  readonly positive: boolean
  readonly predicate: string
  readonly terms: readonly Term[]
  /** Holds in the state before the action, or the effect does not happen. Absent: always. */
  readonly condition?: readonly Branch[]
  /** Types of the slots that follow the parameters: the variables of a `forall` effect. */
  readonly quantified: readonly string[]
}

/** A schema in the form that the engine works on; independent of any problem. */
export interface Rule {
  readonly name: string
  /** Parameter names without `?` and their types; parameter i lives in slot i. */
  readonly parameters: readonly { readonly name: string; readonly type: string }[]
  readonly branches: readonly Branch[]
  readonly effects: readonly RuleEffect[]
}

/** All rules of a domain and which predicates they change. */
export interface RuleBook {
  readonly domain: Domain
  readonly rules: readonly Rule[]
  /** Predicates that some effect adds or deletes. All others are fixed by the problem. */
  readonly fluents: ReadonlySet<string>
  /** Fluents that the text sees otherwise than the truth does: see {@link textDiverges}. */
  readonly divergent: ReadonlySet<string>
}

/** Prepares a domain. */
export function createRuleBook(domain: Domain): RuleBook {
  const rules = domain.actions.map(createRule)
  const effects = rules.flatMap((rule) => rule.effects)
  return {
    domain,
    rules,
    fluents: new Set(effects.map((effect) => effect.predicate)),
    divergent: new Set(rules.flatMap((rule) => textDiverges(rule))),
  }
}

function createRule(action: ActionSchema): Rule {
  const construct = `action ${action.name}`
  return {
    name: action.name,
    parameters: action.parameters.map(({ name, type }) => ({ name: name.replace(/^\?/, ''), type })),
    branches: branchesOf(action.precondition, scopeOf(action.parameters), construct),
    effects: action.effects.map((effect) => {
      const scope = scopeOf([...action.parameters, ...effect.variables])
      const resolved: RuleEffect = {
        positive: effect.positive,
        predicate: effect.atom.predicate,
        terms: termsOf(effect.atom, scope.slotOf),
        quantified: effect.variables.map((variable) => variable.type),
      }
      if (effect.condition === undefined) return resolved
      return { ...resolved, condition: branchesOf(effect.condition, scope, construct) }
    }),
  }
}

/**
 * TextWorld keeps a second set of facts for its texts: after an action it writes every effect of the action there, in order and
 * whether or not its condition held. The two sets differ only for predicates with a conditional effect, or with a deletion
 * after an addition (the truth lets additions win).
 */
function textDiverges(rule: Rule): string[] {
  return rule.effects
    .filter(
      (effect, i) =>
        effect.condition !== undefined ||
        (!effect.positive &&
          rule.effects.slice(0, i).some((earlier) => earlier.positive && earlier.predicate === effect.predicate)),
    )
    .map((effect) => effect.predicate)
}
