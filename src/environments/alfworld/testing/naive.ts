import { nameEntities } from '../naming.ts'
import type { ActionSchema, Atom, Condition, Domain, Problem, TypedName } from '../pddl/model.ts'

type Assignment = ReadonlyMap<string, string>

/**
 * PDDL by the book, for tests: facts as a set of strings, every quantifier a loop, every action tried with every object. Slow, and
 * shares nothing with the engine but the readers.
 */
export class NaiveWorld {
  readonly #domain: Domain
  readonly #problem: Problem
  readonly #objects: readonly TypedName[]
  readonly #names: ReadonlyMap<string, string>
  #facts: Set<string>

  constructor(domain: Domain, problem: Problem) {
    this.#domain = domain
    this.#problem = problem
    this.#objects = [...domain.constants, ...problem.objects]
    this.#facts = new Set(problem.init.map((atom) => show(atom.predicate, atom.terms)))
    const ids = [...new Set(problem.init.flatMap((atom) => atom.terms))].sort()
    this.#names = new Map(nameEntities(ids).map(({ id, name }) => [id, name]))
  }

  get isWon(): boolean {
    return this.#holds(this.#problem.goal, new Map())
  }

  /** Command -> what it does, with commands made from simple templates of the form `verb {parameter} ...`. */
  actions(templates: ReadonlyMap<string, string>): Map<string, () => void> {
    const found = new Map<string, () => void>()
    for (const action of this.#domain.actions) {
      for (const assignment of this.#assignments(action.parameters, new Map())) {
        if (!this.#holds(action.precondition, assignment) || this.#isNoop(action, assignment)) continue
        const command = templates
          .get(action.name)!
          .replace(/\{(\w+)\}/g, (_, variable: string) => this.#names.get(assignment.get(`?${variable}`)!)!)
        if (!found.has(command)) found.set(command, () => this.#apply(action, assignment))
      }
    }
    return found
  }

  /** Only what the tests' domains need: an action whose single fluent effect pair cancels itself out. */
  #isNoop(action: ActionSchema, assignment: Assignment): boolean {
    const literals = action.precondition.kind === 'and' ? action.precondition.parts : [action.precondition]
    const given = literals.flatMap((part) => (part.kind === 'atom' ? [this.#ground(part.atom, assignment)] : []))
    const adds = action.effects
      .filter((effect) => effect.positive)
      .map((effect) => this.#ground(effect.atom, assignment))
    const isPlain = action.effects.every((effect) => effect.condition === undefined && effect.variables.length === 0)
    return (
      isPlain &&
      action.effects.every((effect) => {
        const fact = this.#ground(effect.atom, assignment)
        return effect.positive ? given.includes(fact) : adds.includes(fact)
      })
    )
  }

  #apply(action: ActionSchema, assignment: Assignment): void {
    const adds: string[] = []
    const deletes: string[] = []
    for (const effect of action.effects) {
      for (const inner of this.#assignments(effect.variables, assignment)) {
        if (effect.condition !== undefined && !this.#holds(effect.condition, inner)) continue
        ;(effect.positive ? adds : deletes).push(this.#ground(effect.atom, inner))
      }
    }
    const next = new Set(this.#facts)
    for (const fact of deletes) next.delete(fact)
    for (const fact of adds) next.add(fact)
    this.#facts = next
  }

  #ground(atom: Atom, assignment: Assignment): string {
    return show(
      atom.predicate,
      atom.terms.map((term) => assignment.get(term) ?? term),
    )
  }

  *#assignments(variables: readonly TypedName[], outer: Assignment): Generator<Assignment> {
    const [first, ...rest] = variables
    if (first === undefined) {
      yield outer
      return
    }
    for (const { name, type } of this.#objects) {
      if (!this.#isA(type, first.type)) continue
      yield* this.#assignments(rest, new Map([...outer, [first.name, name]]))
    }
  }

  #isA(type: string | undefined, wanted: string): boolean {
    if (wanted === 'object' || type === wanted) return true
    return type !== undefined && this.#isA(this.#domain.types.get(type), wanted)
  }

  #holds(condition: Condition, assignment: Assignment): boolean {
    switch (condition.kind) {
      case 'atom':
        return this.#facts.has(this.#ground(condition.atom, assignment))
      case 'equal':
        return (
          (assignment.get(condition.left) ?? condition.left) === (assignment.get(condition.right) ?? condition.right)
        )
      case 'not':
        return !this.#holds(condition.part, assignment)
      case 'and':
        return condition.parts.every((part) => this.#holds(part, assignment))
      case 'or':
        return condition.parts.some((part) => this.#holds(part, assignment))
      case 'exists':
        return [...this.#assignments(condition.variables, assignment)].some((inner) =>
          this.#holds(condition.part, inner),
        )
      case 'forall':
        return [...this.#assignments(condition.variables, assignment)].every((inner) =>
          this.#holds(condition.part, inner),
        )
    }
  }
}

const show = (predicate: string, terms: readonly string[]) => `(${[predicate, ...terms].join(' ')})`
