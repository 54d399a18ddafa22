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
  /** One byte per object: 1 if a fact of the start mentions it. */
  readonly mentioned: Uint8Array
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
  const masks = reachableArguments(book, objects, tuplesOf, read)
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
  const mentioned = new Uint8Array(objects.ids.length)
  for (const [predicate, tuples] of tuplesOf) {
    if (book.domain.predicates.get(predicate)!.length > 0)
      for (let t = 0; t < tuples.length; t++) mentioned[tuples[t]!] = 1
  }
  return { truth, text, mentioned, denied, start }
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
  read: ReadonlySet<string>,
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
  const flows = book.rules.flatMap((rule) => flowsOf(rule, book, objects, masks, read))
  while (flows.reduce((grows, flow) => spread(flow) || grows, false)) {
    // Each round can only add objects, so this ends.
  }
  return masks
}

/** How one branch of a rule carries objects from the arguments that it asks for to the arguments that it changes. */
interface Flow {
  /** Per slot: what it can be as far as types and unchanging facts tell, and the changing arguments that it must also be in. */
  readonly slots: readonly {
    readonly base: Uint8Array
    readonly within: readonly Uint8Array[]
    readonly targets: readonly Uint8Array[]
  }[]
}

function flowsOf(
  rule: Rule,
  book: RuleBook,
  objects: ObjectTable,
  masks: ReadonlyMap<string, Uint8Array[]>,
  read: ReadonlySet<string>,
): Flow[] {
  const effects = rule.effects.filter(({ predicate }) => read.has(predicate))
  const used = (slot: number) => effects.some(({ terms }) => terms.includes(slot))
  for (const { predicate, terms } of effects) {
    terms.forEach((term, k) => {
      const object = typeof term === 'string' ? objects.indexOf.get(term) : undefined
      if (object !== undefined) masks.get(predicate)![k]![object] = 1
    })
  }
  return rule.branches.map((branch) => {
    const quantified = effects.flatMap((effect) =>
      effect.quantified.map((type, i) => ({ type, slot: rule.parameters.length + i })),
    )
    const types = new Map(branch.slotTypes.slice(0, rule.parameters.length).map((type, slot) => [slot, type]))
    // A variable of a `forall` effect can be anything of its type; the branch's own hidden variables never reach an effect.
    for (const { type, slot } of quantified)
      types.set(slot, types.has(slot) && types.get(slot) !== type ? 'object' : type)
    const slots = [...types]
      .filter(([slot]) => used(slot))
      .map(([slot, type]) => {
        const base = objects.membersOf(type).slice()
        const within: Uint8Array[] = []
        const isParameter = slot < rule.parameters.length
        for (const { positive, predicate, terms } of isParameter ? branch.literals : []) {
          if (!positive) continue
          terms.forEach((term, k) => {
            if (term !== slot) return
            const allowed = masks.get(predicate)![k]!
            if (book.fluents.has(predicate)) within.push(allowed)
            else for (let i = 0; i < base.length; i++) base[i]! &= allowed[i]!
          })
        }
        const targets = effects.flatMap(({ predicate, terms }) =>
          terms.flatMap((term, k) => (term === slot ? [masks.get(predicate)![k]!] : [])),
        )
        return { base, within, targets }
      })
    return { slots }
  })
}

/** Carries objects along once. Returns whether anything new arrived. */
function spread({ slots }: Flow): boolean {
  let grows = false
  for (const { base, within, targets } of slots) {
    next: for (let i = 0; i < base.length; i++) {
      if (base[i] === 0) continue
      for (let w = 0; w < within.length; w++) if (within[w]![i] === 0) continue next
      for (let t = 0; t < targets.length; t++) {
        if (targets[t]![i] === 1) continue
        targets[t]![i] = 1
        grows = true
      }
    }
  }
  return grows
}
