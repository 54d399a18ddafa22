import { LeapError } from '../../../contracts/error.ts'
import type { Atom } from '../pddl/model.ts'
import type { ObjectTable } from './objects.ts'
import { layOut, type Relation, type State, writeTuples } from './relation.ts'
import type { Rule, RuleBook } from './rules.ts'

/** All relations of a game, and the state at its start. */
export interface FactBase {
  /** The truth. Predicates that nothing mentions at all are absent. */
  readonly truth: ReadonlyMap<string, Relation>
  /** What texts ask: the truth's own relation, or one of its own where the two can differ. */
  readonly text: ReadonlyMap<string, Relation>
  /** Facts that an action has explicitly deleted, by predicate; only for those that texts ask for. */
  readonly denied: ReadonlyMap<string, Relation>
  readonly start: State
}

/**
 * Numbers the facts of a game. What can occur at an argument of a changing predicate is found by following the positive
 * preconditions of the rules argument by argument; everything outside can never hold, so it gets no bit.
 *
 * @param read predicates that something asks for; changes of others are not stored
 * @param deniedPredicates predicates p for which texts ask `not_p`
 * @throws LeapError `GAME_OBJECT_UNKNOWN` for an undeclared object, `GAME_TOO_LARGE` beyond 2^26 facts
 */
export function createFactBase(
  book: RuleBook,
  objects: ObjectTable,
  init: readonly Atom[],
  read: ReadonlySet<string>,
  deniedPredicates: ReadonlySet<string>,
  source: string,
): FactBase {
  const tuplesOf = sortTuples(book, objects, init, source)
  const masks = reachableArguments(book, objects, tuplesOf)
  const truth = new Map<string, Relation>()
  const text = new Map<string, Relation>()
  const denied = new Map<string, Relation>()
  let end = 0
  const add = (into: Map<string, Relation>, predicate: string, tuples: Int32Array, isFixed: boolean) => {
    const domains = masks.get(predicate)!.map(membersOf)
    if (domains.reduce((product, domain) => product * domain.length, 1) > 2 ** 26) {
      throw new LeapError({
        code: 'GAME_TOO_LARGE',
        message: `${source}: predicate ${predicate}: expected at most 2^26 possible facts, found ${domains.map((domain) => domain.length).join(' x ')}`,
      })
    }
    const made = layOut(predicate, domains, objects.ids.length, tuples, end, isFixed)
    into.set(predicate, made.relation)
    end = made.end
  }
  const none = new Int32Array(0)
  for (const predicate of book.domain.predicates.keys()) {
    const isFixed = !book.fluents.has(predicate)
    if (!isFixed && !read.has(predicate)) continue
    add(truth, predicate, tuplesOf.get(predicate)!, isFixed)
    if (book.divergent.has(predicate)) add(text, predicate, tuplesOf.get(predicate)!, isFixed)
    else text.set(predicate, truth.get(predicate)!)
    if (deniedPredicates.has(predicate)) add(denied, predicate, none, false)
  }
  const start = new Int32Array(end / 32)
  for (const relation of [...truth.values(), ...text.values()]) {
    if (relation.fixed === undefined) writeTuples(relation, start)
  }
  return { truth, text, denied, start }
}

const membersOf = (mask: Uint8Array) => {
  const members: number[] = []
  for (let i = 0; i < mask.length; i++) if (mask[i] === 1) members.push(i)
  return Int32Array.from(members)
}

/** The facts of `:init` by predicate, as flat tuples of object numbers without duplicates, ascending. */
function sortTuples(
  book: RuleBook,
  objects: ObjectTable,
  init: readonly Atom[],
  source: string,
): Map<string, Int32Array> {
  const count = objects.ids.length
  const keys = new Map<string, number[]>()
  for (const predicate of book.domain.predicates.keys()) keys.set(predicate, [])
  for (const { predicate, terms } of init) {
    let key = 0
    for (const term of terms) {
      const object = objects.indexOf.get(term)
      if (object === undefined) {
        throw new LeapError({
          code: 'GAME_OBJECT_UNKNOWN',
          message: `${source}: problem, :init: expected a declared object, found "${term}" in (${predicate} ${terms.join(' ')})`,
        })
      }
      key = key * count + object
    }
    keys.get(predicate)!.push(key)
  }
  const tuples = new Map<string, Int32Array>()
  for (const [predicate, list] of keys) {
    const arity = book.domain.predicates.get(predicate)!.length
    const sorted = Float64Array.from(list).sort()
    const flat: number[] = []
    let previous = -1
    for (const key of sorted) {
      if (key === previous) continue
      previous = key
      if (arity === 0) flat.push(1)
      else {
        const at = flat.length
        let rest = key
        for (let k = arity - 1; k >= 0; k--) {
          flat[at + k] = rest % count
          rest = Math.floor(rest / count)
        }
      }
    }
    tuples.set(predicate, Int32Array.from(flat))
  }
  return tuples
}

/** Per predicate and argument: the objects that can ever occur there, judged argument by argument (a superset of the truth). */
function reachableArguments(
  book: RuleBook,
  objects: ObjectTable,
  tuplesOf: ReadonlyMap<string, Int32Array>,
): Map<string, Uint8Array[]> {
  const masks = new Map<string, Uint8Array[]>()
  for (const [predicate, types] of book.domain.predicates) {
    const tuples = tuplesOf.get(predicate)!
    masks.set(
      predicate,
      types.map((_, k) => {
        const mask = new Uint8Array(objects.ids.length)
        for (let t = k; t < tuples.length; t += types.length) mask[tuples[t]!] = 1
        return mask
      }),
    )
  }
  let grows = true
  while (grows) {
    grows = false
    for (const rule of book.rules) {
      if (rule.effects.every((effect) => effect.terms.length === 0)) continue
      for (const slots of slotMasks(rule, objects, masks)) {
        for (const effect of rule.effects) {
          effect.terms.forEach((term, k) => {
            const target = masks.get(effect.predicate)![k]!
            if (typeof term === 'string') {
              const object = objects.indexOf.get(term)
              if (object !== undefined && target[object] === 0) {
                target[object] = 1
                grows = true
              }
              return
            }
            const own = slots[term] ?? objects.membersOf(effect.quantified[term - rule.parameters.length]!)
            for (let i = 0; i < own.length; i++) {
              if (own[i] === 1 && target[i] === 0) {
                target[i] = 1
                grows = true
              }
            }
          })
        }
      }
    }
  }
  return masks
}

/** Per branch of a rule: what each parameter can be. Branches that can never hold are left out. */
function slotMasks(rule: Rule, objects: ObjectTable, masks: ReadonlyMap<string, Uint8Array[]>): Uint8Array[][] {
  const all: Uint8Array[][] = []
  for (const branch of rule.branches) {
    const slots = branch.slotTypes.map((type) => objects.membersOf(type).slice())
    for (const { positive, predicate, terms } of branch.literals) {
      if (!positive) continue
      terms.forEach((term, k) => {
        if (typeof term === 'string') return
        const allowed = masks.get(predicate)![k]!
        const own = slots[term]!
        for (let i = 0; i < own.length; i++) own[i]! &= allowed[i]!
      })
    }
    if (slots.every((mask) => mask.includes(1))) all.push(slots.slice(0, rule.parameters.length))
  }
  return all
}
