/** A name with its type; `object` is the root of all types. A variable's name keeps its `?`. */
export interface TypedName {
  readonly name: string
  readonly type: string
}

/** A predicate applied to variables (`?x`) and object names. */
export interface Atom {
  readonly predicate: string
  readonly terms: readonly string[]
}

/** A PDDL condition; `imply` is already rewritten as a disjunction, and `()` is an empty `and`. */
export type Condition =
  | { readonly kind: 'atom'; readonly atom: Atom }
  | { readonly kind: 'equal'; readonly left: string; readonly right: string }
  | { readonly kind: 'not'; readonly part: Condition }
  | { readonly kind: 'and'; readonly parts: readonly Condition[] }
  | { readonly kind: 'or'; readonly parts: readonly Condition[] }
  | { readonly kind: 'exists'; readonly variables: readonly TypedName[]; readonly part: Condition }
  | { readonly kind: 'forall'; readonly variables: readonly TypedName[]; readonly part: Condition }

/** One atom that an action adds or deletes, under a condition that is judged in the state before the action. */
export interface Effect {
  readonly positive: boolean
  readonly atom: Atom
  readonly condition?: Condition
  /** Variables of an enclosing `forall`: the effect happens for each of their objects. */
  readonly variables: readonly TypedName[]
}

/** An action schema. */
export interface ActionSchema {
  readonly name: string
  readonly parameters: readonly TypedName[]
  readonly precondition: Condition
  readonly effects: readonly Effect[]
}

/** A PDDL domain, as far as ADL with types goes. */
export interface Domain {
  readonly name: string
  /** Type -> its parent; `object` is the root and has none. */
  readonly types: ReadonlyMap<string, string>
  /** Predicate -> the types of its arguments. */
  readonly predicates: ReadonlyMap<string, readonly TypedName[]>
  readonly constants: readonly TypedName[]
  readonly actions: readonly ActionSchema[]
}

/** A PDDL problem. */
export interface Problem {
  readonly name: string
  readonly domain: string
  readonly objects: readonly TypedName[]
  readonly init: readonly Atom[]
  readonly goal: Condition
}
