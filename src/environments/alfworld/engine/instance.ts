import type { Branch, Term } from './branch.ts'
import { compileAny, type JoinContext } from './join.ts'
import { type Bindings, bitOf, type State } from './relation.ts'
import type { Rule, RuleEffect } from './rules.ts'
import type { Check } from './scan.ts'

/** A rule applied to objects: what a command does. */
export interface Instance {
  /** Which rule, by its place in the rule book. */
  readonly rule: number
  /** Objects of the parameters. */
  readonly objects: Int32Array
  readonly command: string
  /** Found out when first carried out: most of what is offered never is. */
  change?: Change
}

/** Bits to clear and then to set. */
export interface Change {
  readonly clear: Int32Array
  readonly set: Int32Array
  /** Effects with a condition, which is judged before anything changes. */
  readonly conditional: readonly {
    readonly check: Check
    readonly bindings: Int32Array
    readonly clear: number
    readonly set: number
  }[]
}

/** Carries out a change in place. */
export function applyChange(change: Change, state: State): void {
  const { clear, set, conditional } = change
  // The common case has no conditional effects and allocates nothing.
  const fired =
    conditional.length === 0 ? undefined : conditional.filter((effect) => effect.check(state, effect.bindings))
  for (let i = 0; i < clear.length; i++) state[clear[i]! >> 5]! &= ~(1 << (clear[i]! & 31))
  if (fired !== undefined) for (const { clear: bit } of fired) if (bit >= 0) state[bit >> 5]! &= ~(1 << (bit & 31))
  for (let i = 0; i < set.length; i++) state[set[i]! >> 5]! |= 1 << (set[i]! & 31)
  if (fired !== undefined) for (const { set: bit } of fired) if (bit >= 0) state[bit >> 5]! |= 1 << (bit & 31)
}

/** Grounds the effects of a rule: the truth's, and beside them what the texts will see (see `textDiverges`). */
export function groundChange(rule: Rule, objects: Int32Array, context: JoinContext): Change {
  const { truth, text, denied } = context.facts
  const clear = new Set<number>()
  const set = new Set<number>()
  const conditional: { check: Check; bindings: Int32Array; clear: number; set: number }[] = []
  // Texts: in order, whatever the condition; kept apart from the truth's bits until the end.
  const told = new Map<number, boolean>()
  for (const effect of rule.effects) {
    const relation = truth.get(effect.predicate)
    if (relation === undefined) continue
    const own = text.get(effect.predicate)!
    const no = denied.get(effect.predicate)
    // Only quantified and conditional effects need room for variables of their own.
    const isPlain = effect.quantified.length === 0 && effect.condition === undefined
    for (const bindings of isPlain ? [objects] : instantiate(rule, effect, objects, context)) {
      const args = effect.terms.map((term) => objectOf(term, bindings, context))
      const bit = bitOf(relation, args)
      if (bit >= 0) {
        if (effect.condition === undefined) (effect.positive ? set : clear).add(bit)
        else {
          const bound = bindings.slice(0, rule.parameters.length + effect.quantified.length)
          const check = compileAny(effect.condition, [...bound.keys()], context)
          conditional.push({ check, bindings, clear: effect.positive ? -1 : bit, set: effect.positive ? bit : -1 })
        }
        if (own !== relation) told.set(bitOf(own, args), effect.positive)
      }
      if (no !== undefined) {
        const noBit = bitOf(no, args)
        if (noBit >= 0) told.set(noBit, !effect.positive)
      }
    }
  }
  for (const [bit, positive] of told) (positive ? set : clear).add(bit)
  for (const bit of set) clear.delete(bit)
  return { clear: Int32Array.from(clear), set: Int32Array.from(set), conditional }
}

const spareSlots = 32

function objectOf(term: Term, bindings: Bindings, context: JoinContext): number {
  return typeof term === 'number' ? bindings[term]! : (context.objects.indexOf.get(term) ?? -1)
}

/** The parameters, extended by every combination of a `forall` effect's variables. */
function instantiate(rule: Rule, effect: RuleEffect, objects: Int32Array, context: JoinContext): Int32Array[] {
  const start = new Int32Array(rule.parameters.length + effect.quantified.length + spareSlots)
  start.set(objects)
  let all = [start]
  effect.quantified.forEach((type, i) => {
    const mask = context.objects.membersOf(type)
    all = all.flatMap((bindings) =>
      [...mask.keys()]
        .filter((object) => mask[object] === 1)
        .map((object) => {
          const copy = bindings.slice()
          copy[rule.parameters.length + i] = object
          return copy
        }),
    )
  })
  return all
}

/**
 * The planner behind TextWorld drops an instance whose every effect is already granted by its own precondition (not by the state):
 * this is why one can not go to where one is. Returns the question whether an instance has such a no-op, or undefined where a
 * rule's branch can not have one.
 */
export function compileNoop(rule: Rule, branch: Branch, context: JoinContext): Check | undefined {
  const grants = (predicate: string, positive: boolean) =>
    branch.literals.filter((literal) => literal.predicate === predicate && literal.positive === positive)
  const adds = rule.effects.filter((effect) => effect.positive && effect.condition === undefined)
  const possible = rule.effects.every(
    (effect) =>
      effect.quantified.length === 0 &&
      (grants(effect.predicate, effect.positive).length > 0 ||
        (!effect.positive && adds.some((add) => add.predicate === effect.predicate))),
  )
  if (!possible) return undefined
  const same = (left: readonly Term[], right: readonly Term[], bindings: Bindings) =>
    left.every((term, k) => objectOf(term, bindings, context) === objectOf(right[k]!, bindings, context))
  return (_, bindings) =>
    rule.effects.every(
      (effect) =>
        grants(effect.predicate, effect.positive).some((literal) => same(literal.terms, effect.terms, bindings)) ||
        (!effect.positive &&
          adds.some((add) => add.predicate === effect.predicate && same(add.terms, effect.terms, bindings))),
    )
}
