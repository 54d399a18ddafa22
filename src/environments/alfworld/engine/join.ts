import type { Branch, Term } from './branch.ts'
import type { FactBase } from './facts.ts'
import type { ObjectTable } from './objects.ts'
import { type Admission, type Check, compileScan, compileTest, expectedAnswers, nowhere, type Place } from './scan.ts'

/** One step of a join: given what to ask next, the question to ask here. */
export interface JoinStep {
  /** True if the answer depends on the game alone, not on its state. */
  readonly isFixed: boolean
  compile(next: Check): Check
}

/** What a join needs to know of the game. */
export interface JoinContext {
  readonly objects: ObjectTable
  readonly facts: FactBase
}

/** An order of steps that answers a branch. */
export function planJoin(branch: Branch, bound: readonly number[], context: JoinContext, skip = -1): JoinStep[] {
  const { objects, facts } = context
  const placeOf = (term: Term): Place => {
    if (typeof term === 'number') return term
    const object = objects.indexOf.get(term)
    return object === undefined ? nowhere : -1 - object
  }
  const known = new Set(bound)
  const isKnown = (place: Place) => place < 0 || known.has(place)
  const masks = new Map(branch.slotTypes.map((type, slot) => [slot, objects.membersOf(type)]))
  const waiting = branch.literals
    .map((literal) => ({
      relation: facts.truth.get(literal.predicate)!,
      places: literal.terms.map(placeOf),
      positive: literal.positive,
    }))
    .filter((_, i) => i !== skip)
  const equalities = branch.equalities.map(({ positive, left, right }) => ({
    positive,
    left: placeOf(left),
    right: placeOf(right),
  }))
  const steps: JoinStep[] = []

  const costOf = ({ relation, places, positive }: (typeof waiting)[number]): number => {
    const isFixed = relation.fixed !== undefined
    if (places.every(isKnown)) return isFixed ? 0 : 0.6
    if (!positive) return Number.POSITIVE_INFINITY
    const cost = expectedAnswers(
      relation,
      places.flatMap((place, k) => (isKnown(place) ? [k] : [])),
    )
    // What is fixed can be answered once per place of the agent, so it goes first when it costs about the same.
    return isFixed ? cost / 2 : cost
  }
  const bind = (slot: number) => {
    const mask = masks.get(slot)!
    known.add(slot)
    steps.push({ isFixed: true, compile: (next) => overMembers(slot, mask, next) })
  }

  while (waiting.length > 0 || equalities.length > 0) {
    const ready = equalities.findIndex(({ left, right }) => isKnown(left) && isKnown(right))
    if (ready >= 0) {
      const { positive, left, right } = equalities.splice(ready, 1)[0]!
      steps.push({ isFixed: true, compile: (next) => compareObjects(left, right, positive, next) })
      continue
    }
    let best = -1
    let lowest = Number.POSITIVE_INFINITY
    waiting.forEach((literal, i) => {
      const cost = costOf(literal)
      if (cost < lowest) {
        lowest = cost
        best = i
      }
    })
    if (best < 0) {
      // Only negations or equalities over unbound variables are left: try the members of a variable's type.
      const open = [
        ...waiting.flatMap(({ places }) => places),
        ...equalities.flatMap(({ left, right }) => [left, right]),
      ]
      bind(open.find((place) => !isKnown(place))!)
      continue
    }
    const { relation, places, positive } = waiting.splice(best, 1)[0]!
    const isFixed = relation.fixed !== undefined
    if (places.every(isKnown)) {
      steps.push({ isFixed, compile: (next) => both(compileTest(relation, places, positive), next) })
    } else {
      const before = new Set(known)
      const fresh = places.filter((place) => !isKnown(place))
      const admission: Admission = { masks: new Map(fresh.map((slot) => [slot, masks.get(slot)!])) }
      for (const slot of fresh) known.add(slot)
      steps.push({
        isFixed,
        compile: (next) => compileScan(relation, places, (slot) => before.has(slot), admission, next),
      })
    }
  }
  for (const slot of branch.own) if (!known.has(slot)) bind(slot)
  for (const forbidden of branch.absent) {
    const inner = forbidden.map((part) => compileAny([part], [...known], context))
    steps.push({
      isFixed: false,
      compile: (next) => (state, bindings) => !inner.some((check) => check(state, bindings)) && next(state, bindings),
    })
  }
  return steps
}

/** True if some branch has an answer that extends the bindings. */
export function compileAny(branches: readonly Branch[], bound: readonly number[], context: JoinContext): Check {
  const checks = branches.map((branch) => chainSteps(planJoin(branch, bound, context), () => true))
  if (checks.length === 1) return checks[0]!
  return (state, bindings) => checks.some((check) => check(state, bindings))
}

/** Chains the steps; `last` is asked for every answer. */
export function chainSteps(steps: readonly JoinStep[], last: Check): Check {
  return steps.reduceRight((next, step) => step.compile(next), last)
}

const both =
  (test: Check, next: Check): Check =>
  (state, bindings) =>
    test(state, bindings) && next(state, bindings)

function overMembers(slot: number, mask: Uint8Array, next: Check): Check {
  return (state, bindings) => {
    for (let object = 0; object < mask.length; object++) {
      if (mask[object] === 0) continue
      bindings[slot] = object
      if (next(state, bindings)) return true
    }
    return false
  }
}

function compareObjects(left: Place, right: Place, positive: boolean, next: Check): Check {
  if (left === nowhere || right === nowhere) return positive ? () => false : next
  return (state, bindings) => {
    const a = left >= 0 ? bindings[left]! : -1 - left
    const b = right >= 0 ? bindings[right]! : -1 - right
    return (a === b) === positive && next(state, bindings)
  }
}
