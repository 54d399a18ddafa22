/** The changing part of a game: one bit per fact that can ever hold. */
export type State = Int32Array

/** Slot -> number of the object it stands for. */
export type Bindings = Int32Array

/**
 * Where the facts of one predicate live: a matrix of bits over the objects that can occur at each argument. One argument (the
 * minor one) runs along the words of a row, so that "which objects are in this receptacle" reads a few words.
 */
export interface Relation {
  readonly name: string
  readonly arity: number
  /** Per argument: the objects that can occur, ascending. */
  readonly domains: readonly Int32Array[]
  /** Per argument: object -> distance in bits from the first, or -1 if it can not occur. */
  readonly steps: readonly Int32Array[]
  readonly minor: number
  /** Bit at which the matrix begins in its words. */
  readonly base: number
  /** Fixed facts live in words of their own, changing ones in the state. */
  readonly fixed: Int32Array | undefined
  /** Facts that hold at the start, flat tuples in ascending order of their arguments; all there are, if the relation is fixed. */
  readonly tuples: Int32Array
  /** Answers by bound arguments, for fixed relations; filled on demand by the scans. */
  readonly indexes: Map<string, readonly (Int32Array | undefined)[]>
}

/** Lays a relation out from `base` on. Returns it with the first free bit behind it, a multiple of 32. */
export function layOut(
  name: string,
  domains: readonly Int32Array[],
  objectCount: number,
  tuples: Int32Array,
  base: number,
  isFixed: boolean,
): { relation: Relation; end: number } {
  const arity = domains.length
  // Texts and actions mostly ask for the things at a place, that is for the first argument; not where it is nearly constant.
  const minor = arity > 1 && domains[0]!.length * 4 < domains[1]!.length ? 1 : 0
  const strides = new Array<number>(arity).fill(1)
  let size = arity === 0 ? 32 : Math.ceil(domains[minor]!.length / 32) * 32
  for (let k = arity - 1; k >= 0; k--) {
    if (k === minor) continue
    strides[k] = size
    size *= domains[k]!.length
  }
  const steps = domains.map((domain, k) => {
    const step = new Int32Array(objectCount).fill(-1)
    for (let i = 0; i < domain.length; i++) step[domain[i]!] = i * strides[k]!
    return step
  })
  const fixed = isFixed ? new Int32Array(size / 32) : undefined
  const start = isFixed ? 0 : base
  const relation = { name, arity, domains, steps, minor, base: start, fixed, tuples, indexes: new Map() }
  if (fixed !== undefined) writeTuples(relation, fixed)
  return { relation, end: isFixed ? base : base + size }
}

/** Sets the bits of the facts that hold at the start. */
export function writeTuples(relation: Relation, words: Int32Array): void {
  const { arity, tuples, steps, base } = relation
  const count = arity === 0 ? tuples.length : tuples.length / arity
  for (let t = 0; t < count; t++) {
    let bit = base
    for (let k = 0; k < arity; k++) bit += steps[k]![tuples[t * arity + k]!]!
    words[bit >> 5]! |= 1 << (bit & 31)
  }
}

/** The bit of a fact, or -1 for one that can never hold. */
export function bitOf(relation: Relation, objects: ArrayLike<number>): number {
  let bit = relation.base
  for (let k = 0; k < relation.arity; k++) {
    const step = relation.steps[k]![objects[k]!] ?? -1
    if (step < 0) return -1
    bit += step
  }
  return bit
}

/** Whether a fact holds. */
export function holds(relation: Relation, state: State, objects: ArrayLike<number>): boolean {
  const bit = bitOf(relation, objects)
  return bit >= 0 && (((relation.fixed ?? state)[bit >> 5]! >>> (bit & 31)) & 1) === 1
}
