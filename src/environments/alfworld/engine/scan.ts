import { type Bindings, holds, type Relation, type State } from './relation.ts'

/** A question about a state under bindings. A join is a chain of them: each answer of one asks the next, until one says true. */
export type Check = (state: State, bindings: Bindings) => boolean

/** A slot (0 and up), or an object as `-1 - object`; {@link nowhere} stands for an object that does not exist. */
export type Place = number

/** A name that no object has: nothing is ever true of it. */
export const nowhere: Place = Number.MIN_SAFE_INTEGER

const read = (place: Place, bindings: Bindings) => (place >= 0 ? bindings[place]! : -1 - place)

/** Compiles the question whether a fact holds, all its places being bound. */
export function compileTest(relation: Relation, places: readonly Place[], expected: boolean): Check {
  if (places.includes(nowhere)) return () => !expected
  const { base, fixed, arity } = relation
  const [first, second] = relation.steps
  const [a, b] = places
  if (arity === 1) {
    return (state, bindings) => {
      const step = first![a! >= 0 ? bindings[a!]! : -1 - a!]!
      if (step < 0) return !expected
      const bit = base + step
      return ((((fixed ?? state)[bit >> 5]! >>> (bit & 31)) & 1) === 1) === expected
    }
  }
  if (arity === 2) {
    return (state, bindings) => {
      const step = first![a! >= 0 ? bindings[a!]! : -1 - a!]!
      const other = second![b! >= 0 ? bindings[b!]! : -1 - b!]!
      if (step < 0 || other < 0) return !expected
      const bit = base + step + other
      return ((((fixed ?? state)[bit >> 5]! >>> (bit & 31)) & 1) === 1) === expected
    }
  }
  const objects = new Int32Array(arity)
  return (state, bindings) => {
    for (let k = 0; k < arity; k++) objects[k] = read(places[k]!, bindings)
    return holds(relation, state, objects) === expected
  }
}

/** What a newly bound object must satisfy. */
export interface Admission {
  /** Per new slot: a byte per object, 1 for the right type; undefined: any. */
  readonly masks: ReadonlyMap<number, Uint8Array>
  /** If given, a new variable may not take the object of one of these slots, nor of another new one of the same scan. */
  readonly distinctFrom?: readonly number[]
}

/**
 * Compiles the enumeration of the facts of a relation that agree with what is bound; new slots are bound in ascending order of the
 * arguments, the first argument outermost, and `next` is asked for each.
 */
export function compileScan(
  relation: Relation,
  places: readonly Place[],
  isBound: (slot: number) => boolean,
  admission: Admission,
  next: Check,
): Check {
  if (places.includes(nowhere)) return () => false
  const open: number[] = []
  places.forEach((place, k) => {
    if (place >= 0 && !isBound(place) && places.indexOf(place) === k) open.push(k)
  })
  if (open.length === 0) return chain(compileTest(relation, places, true), next)
  const accept = compileAdmission(relation, places, open, admission)
  const repeated = places.some((place, k) => place >= 0 && !isBound(place) && places.indexOf(place) !== k)
  const inner = repeated ? chain(compileTest(relation, places, true), next) : next
  if (relation.fixed !== undefined) return scanFixed(relation, places, open, accept, inner)
  if (open.length === 1 && open[0] === relation.minor && relation.arity <= 2) {
    return scanRow(relation, places, open[0]!, accept, inner)
  }
  return scanLoops(relation, places, open, accept, inner)
}

const chain =
  (test: Check, next: Check): Check =>
  (state, bindings) =>
    test(state, bindings) && next(state, bindings)

type Accept = ((slot: number, object: number, bindings: Bindings) => boolean) | undefined

function compileAdmission(relation: Relation, places: readonly Place[], open: number[], admission: Admission): Accept {
  const needed = new Map<number, Uint8Array>()
  for (const k of open) {
    const mask = admission.masks.get(places[k]!)
    if (mask !== undefined && relation.domains[k]!.some((object) => mask[object] === 0)) needed.set(places[k]!, mask)
  }
  const { distinctFrom } = admission
  if (distinctFrom === undefined && needed.size === 0) return undefined
  const fresh = open.map((k) => places[k]!)
  return (slot, object, bindings) => {
    const mask = needed.get(slot)
    if (mask !== undefined && mask[object] === 0) return false
    if (distinctFrom === undefined) return true
    for (let i = 0; i < distinctFrom.length; i++) if (bindings[distinctFrom[i]!] === object) return false
    for (let i = 0; fresh[i] !== slot; i++) if (bindings[fresh[i]!] === object) return false
    return true
  }
}

/** One open argument, the minor one: reads the row word by word. */
function scanRow(relation: Relation, places: readonly Place[], open: number, accept: Accept, next: Check): Check {
  const slot = places[open]!
  const domain = relation.domains[open]!
  const words = Math.ceil(domain.length / 32)
  const other = relation.arity === 2 ? 1 - open : -1
  const otherSteps = relation.steps[other]
  const otherPlace = places[other] ?? 0
  const { base } = relation
  return (state, bindings) => {
    let row = base
    if (otherSteps !== undefined) {
      const step = otherSteps[otherPlace >= 0 ? bindings[otherPlace]! : -1 - otherPlace]!
      if (step < 0) return false
      row += step
    }
    const first = row >> 5
    for (let w = 0; w < words; w++) {
      let rest = state[first + w]!
      while (rest !== 0) {
        const low = rest & -rest
        rest ^= low
        const object = domain[(w << 5) + 31 - Math.clz32(low)]!
        if (accept !== undefined && !accept(slot, object, bindings)) continue
        bindings[slot] = object
        if (next(state, bindings)) return true
      }
    }
    return false
  }
}

/** Any open arguments: tries all objects of their domains, in order. */
function scanLoops(relation: Relation, places: readonly Place[], open: number[], accept: Accept, next: Check): Check {
  const test = compileTest(relation, places, true)
  let loop: Check = (state, bindings) => test(state, bindings) && next(state, bindings)
  for (const k of open.toReversed()) {
    const slot = places[k]!
    const domain = relation.domains[k]!
    const inner = loop
    loop = (state, bindings) => {
      for (let i = 0; i < domain.length; i++) {
        if (accept !== undefined && !accept(slot, domain[i]!, bindings)) continue
        bindings[slot] = domain[i]!
        if (inner(state, bindings)) return true
      }
      return false
    }
  }
  return loop
}

/** Facts that never change: reads the answers from an index by the bound arguments. */
function scanFixed(relation: Relation, places: readonly Place[], open: number[], accept: Accept, next: Check): Check {
  const bound = places.map((_, k) => k).filter((k) => !open.some((o) => places[o] === places[k]))
  const index = indexBy(relation, bound, open)
  const width = open.length
  const slots = open.map((k) => places[k]!)
  const radix = relation.steps[0]?.length ?? 1
  return (state, bindings) => {
    let key = 0
    for (let i = 0; i < bound.length; i++) {
      const place = places[bound[i]!]!
      key = key * radix + (place >= 0 ? bindings[place]! : -1 - place)
    }
    const answers = index[key]
    if (answers === undefined) return false
    outer: for (let t = 0; t < answers.length; t += width) {
      for (let i = 0; i < width; i++) {
        const object = answers[t + i]!
        if (accept !== undefined && !accept(slots[i]!, object, bindings)) continue outer
        bindings[slots[i]!] = object
      }
      if (next(state, bindings)) return true
    }
    return false
  }
}

function indexBy(
  relation: Relation,
  bound: readonly number[],
  open: readonly number[],
): readonly (Int32Array | undefined)[] {
  const name = `${bound.join()}|${open.join()}`
  const known = relation.indexes.get(name)
  if (known !== undefined) return known
  const { arity, tuples } = relation
  const radix = relation.steps[0]?.length ?? 1
  const lists: number[][] = []
  for (let t = 0; t < tuples.length; t += arity) {
    let key = 0
    for (const k of bound) key = key * radix + tuples[t + k]!
    const list = (lists[key] ??= [])
    for (const k of open) list.push(tuples[t + k]!)
  }
  const index: (Int32Array | undefined)[] = []
  lists.forEach((list, key) => {
    index[key] = Int32Array.from(list)
  })
  relation.indexes.set(name, index)
  return index
}

/** The number of facts per combination of bound arguments, judged by the start: small means a good next step of a join. */
export function expectedAnswers(relation: Relation, bound: readonly number[]): number {
  const count = relation.arity === 0 ? relation.tuples.length : relation.tuples.length / relation.arity
  let combinations = 1
  for (const k of bound) combinations *= Math.max(1, relation.domains[k]!.length)
  return Math.max(relation.fixed === undefined ? 1 : 0, count) / Math.min(combinations, Math.max(1, count))
}
