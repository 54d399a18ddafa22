import { LeapError } from '../../../contracts/error.ts'
import type { Atom, Condition, TypedName } from '../pddl/model.ts'

/** A place in the bindings (0 and up), or the name of an object. */
export type Term = number | string

/** An atom over slots and object names, required to be true or false. */
export interface Literal {
  readonly positive: boolean
  readonly predicate: string
  readonly terms: readonly Term[]
}

/** An equality over slots and object names, required to be true or false. */
export interface Equality {
  readonly positive: boolean
  readonly left: Term
  readonly right: Term
}

/** A conjunction: one disjunct of a condition in disjunctive normal form, its `exists` variables lifted to slots of their own. */
export interface Branch {
  readonly literals: readonly Literal[]
  readonly equalities: readonly Equality[]
  /** Each entry is a disjunction that must have no answer (from `forall` and negated `exists`). */
  readonly absent: readonly (readonly Branch[])[]
  /** Slots that this branch ranges over itself; the others in sight are bound outside or belong to an `absent` part. */
  readonly own: readonly number[]
  /** Type of every slot handed out so far. */
  readonly slotTypes: readonly string[]
}

/** The variables in sight: name -> slot, and the type of every slot handed out so far. */
export interface Scope {
  readonly slotOf: ReadonlyMap<string, number>
  readonly slotTypes: readonly string[]
}

/** The scope in which exactly these variables are bound, in their order. */
export function scopeOf(variables: readonly TypedName[]): Scope {
  return {
    slotOf: new Map(variables.map((variable, slot) => [variable.name, slot])),
    slotTypes: variables.map((variable) => variable.type),
  }
}

const mostBranches = 512

/** Brings a condition into disjunctive normal form within a scope. Throws `GAME_PDDL_INVALID` beyond 512 disjuncts. */
export function branchesOf(condition: Condition, scope: Scope, construct: string): Branch[] {
  const start: Branch = {
    literals: [],
    equalities: [],
    absent: [],
    own: scope.slotTypes.map((_, slot) => slot),
    slotTypes: scope.slotTypes,
  }
  return expand(condition, true, scope.slotOf, [start], construct)
}

/** Resolves the terms of an atom within a scope. */
export function termsOf(atom: Atom, slotOf: ReadonlyMap<string, number>): Term[] {
  return atom.terms.map((term) => (term.startsWith('?') ? slotOf.get(term)! : term))
}

/** Conjoins a condition (or its negation) to every branch. */
function expand(
  condition: Condition,
  positive: boolean,
  slotOf: ReadonlyMap<string, number>,
  branches: readonly Branch[],
  construct: string,
): Branch[] {
  const resolve = (term: string): Term => (term.startsWith('?') ? slotOf.get(term)! : term)
  switch (condition.kind) {
    case 'atom': {
      const literal = { positive, predicate: condition.atom.predicate, terms: termsOf(condition.atom, slotOf) }
      return branches.map((branch) => ({ ...branch, literals: [...branch.literals, literal] }))
    }
    case 'equal': {
      const equality = { positive, left: resolve(condition.left), right: resolve(condition.right) }
      return branches.map((branch) => ({ ...branch, equalities: [...branch.equalities, equality] }))
    }
    case 'not':
      return expand(condition.part, !positive, slotOf, branches, construct)
    case 'and':
    case 'or': {
      if ((condition.kind === 'and') === positive) {
        return condition.parts.reduce<readonly Branch[]>(
          (all, part) => expand(part, positive, slotOf, all, construct),
          branches,
        ) as Branch[]
      }
      const all = condition.parts.flatMap((part) => expand(part, positive, slotOf, branches, construct))
      if (all.length > mostBranches) {
        throw new LeapError({
          code: 'GAME_PDDL_INVALID',
          message: `${construct}: expected a condition of at most ${mostBranches} alternatives, found ${all.length}`,
        })
      }
      return all
    }
    default: {
      const lifted = (condition.kind === 'exists') === positive
      return branches.flatMap((branch) => {
        const inner = new Map(slotOf)
        const slotTypes = [...branch.slotTypes]
        const fresh: number[] = []
        for (const { name, type } of condition.variables) {
          inner.set(name, slotTypes.length)
          fresh.push(slotTypes.length)
          slotTypes.push(type)
        }
        if (lifted) {
          const wider = { ...branch, own: [...branch.own, ...fresh], slotTypes }
          return expand(condition.part, positive, inner, [wider], construct)
        }
        // forall x: p is "no x with not p"; not exists x: p is "no x with p".
        const start: Branch = { literals: [], equalities: [], absent: [], own: fresh, slotTypes }
        const forbidden = expand(condition.part, condition.kind === 'exists', inner, [start], construct)
        // The variables of the forbidden part keep their slots to themselves, so that later ones do not overwrite them.
        const widest = forbidden.reduce(
          (types, part) => (part.slotTypes.length > types.length ? [...part.slotTypes] : types),
          slotTypes,
        )
        return [{ ...branch, absent: [...branch.absent, forbidden], slotTypes: widest }]
      })
    }
  }
}
