import type { Branch } from './branch.ts'
import { compileNoop, type Instance } from './instance.ts'
import { chainSteps, type JoinContext, planJoin } from './join.ts'
import type { Bindings, Relation, State } from './relation.ts'
import type { RuleBook } from './rules.ts'
import type { Check } from './scan.ts'
import type { Writer } from './writer.ts'

/** What can be done in a state: commands in ascending order without duplicates, and what each of them does. */
export interface Menu {
  readonly commands: readonly string[]
  readonly instances: readonly Instance[]
}

/** A branch of a rule, planned: the steps that the game alone answers first, then those that need the state. */
interface Plan {
  readonly rule: number
  readonly slotTypes: readonly string[]
  /** Places of the pivot literal's arguments, if the branch has one. */
  readonly pivot: readonly (number | string)[] | undefined
  /** Answers the fixed steps and adds each answer to the bucket that is being filled. */
  readonly prepare: Check
}

/** Everything that can be done while certain pivot facts hold. */
interface Bucket {
  readonly always: Instance[]
  readonly sometimes: { readonly changing: Check; readonly bindings: Int32Array }[]
  /** The most recent lists, with the changing instances they were made from: most steps change nothing in them. */
  readonly recent: { readonly found: readonly Instance[]; readonly menu: Menu }[]
}

const keptMenus = 4

/**
 * Lists what can be done. One fact that almost every action asks for (where the agent is) is the pivot: per pivot fact, all that
 * does not change is answered once and kept, and a step only asks the rest (what is open, in hand, lying there).
 */
export class MenuBoard {
  readonly #book: RuleBook
  readonly #context: JoinContext
  readonly #templates: readonly Writer[]
  readonly #plans: readonly Plan[]
  readonly #pivot: Relation | undefined
  readonly #buckets = new Map<string | number, Bucket>()
  readonly #instances: readonly Map<number | string, Instance>[]
  readonly #isVolatile: boolean
  readonly #scratch: Int32Array
  #found: Instance[] = []
  #filling: Bucket = { always: [], sometimes: [], recent: [] }

  /**
   * @param templates how a command of each rule is spelled, in the order of the rules
   * @param scratch room for the variables of a text
   */
  constructor(book: RuleBook, context: JoinContext, templates: readonly Writer[], scratch: Int32Array) {
    this.#scratch = scratch
    this.#book = book
    this.#context = context
    this.#templates = templates
    this.#instances = book.rules.map(() => new Map())
    this.#isVolatile = templates.some((template) => !template.isFixed)
    this.#pivot = choosePivot(book, context)
    this.#plans = book.rules.flatMap((rule, i) => rule.branches.map((branch) => this.#plan(i, branch)))
  }

  /** The menu of a state. Shared between states and sessions: do not change it. */
  menu(state: State): Menu {
    const bucket = this.#bucketOf(state)
    const found: Instance[] = []
    this.#found = found
    for (const { changing, bindings } of bucket.sometimes) changing(state, bindings)
    const { recent } = bucket
    for (let i = 0; i < recent.length; i++) if (sameInstances(recent[i]!.found, found)) return recent[i]!.menu
    const menu = compose(bucket.always, found)
    if (recent.length >= keptMenus) recent.pop()
    recent.unshift({ found, menu })
    return menu
  }

  #plan(rule: number, branch: Branch): Plan {
    const pivotAt =
      this.#pivot === undefined
        ? -1
        : branch.literals.findIndex((literal) => literal.positive && literal.predicate === this.#pivot!.name)
    const pivot = pivotAt < 0 ? undefined : branch.literals[pivotAt]!.terms
    const bound = [...new Set((pivot ?? []).filter((term) => typeof term === 'number'))]
    const steps = planJoin(branch, bound, this.#context, pivotAt)
    const noop = compileNoop(this.#book.rules[rule]!, branch, this.#context)
    if (noop !== undefined) {
      steps.push({
        isFixed: true,
        compile: (next) => (state, bindings) => !noop(state, bindings) && next(state, bindings),
      })
    }
    const firstChanging = steps.findIndex((step) => !step.isFixed)
    const emit: Check = (state, bindings) => {
      this.#found.push(this.#instance(rule, state, bindings))
      return false
    }
    const splitAt = this.#isVolatile ? 0 : firstChanging < 0 ? steps.length : firstChanging
    const rest = steps.slice(splitAt)
    const changing = rest.length > 0 || this.#isVolatile ? chainSteps(rest, emit) : undefined
    const collect: Check = (state, bindings) => {
      if (changing !== undefined) this.#filling.sometimes.push({ changing, bindings: bindings.slice() })
      else this.#filling.always.push(this.#instance(rule, state, bindings))
      return false
    }
    return { rule, slotTypes: branch.slotTypes, pivot, prepare: chainSteps(steps.slice(0, splitAt), collect) }
  }

  #bucketOf(state: State): Bucket {
    const pivot = this.#pivot
    if (pivot === undefined) return this.#bucket('', [])
    // The pivot's bits fill whole words; nearly always exactly one of them is set.
    const first = pivot.base >> 5
    const last = first + pivotWords(pivot)
    let single = -1
    let count = 0
    for (let w = first; w < last; w++) {
      let rest = state[w]!
      while (rest !== 0) {
        const low = rest & -rest
        rest ^= low
        single = (w << 5) + 31 - Math.clz32(low)
        count++
      }
    }
    if (count === 1) return this.#buckets.get(single) ?? this.#bucket(single, [single])
    const bits: number[] = []
    for (let bit = first << 5; bit < last << 5; bit++) if ((state[bit >> 5]! >>> (bit & 31)) & 1) bits.push(bit)
    return this.#bucket(bits.join(), bits)
  }

  #bucket(key: string | number, bits: readonly number[]): Bucket {
    const known = this.#buckets.get(key)
    if (known !== undefined) return known
    const facts = bits.map((bit) => objectsAt(this.#pivot!, bit))
    const bucket: Bucket = { always: [], sometimes: [], recent: [] }
    this.#filling = bucket
    for (const plan of this.#plans) {
      for (const bindings of this.#starts(plan, facts)) plan.prepare(nothing, bindings)
    }
    bucket.always.sort(byCommand)
    this.#buckets.set(key, bucket)
    return bucket
  }

  /** The bindings from which a plan starts: one per pivot fact that agrees with its pivot literal. */
  *#starts(plan: Plan, facts: readonly Int32Array[]): Generator<Int32Array> {
    if (plan.pivot === undefined) {
      yield new Int32Array(plan.slotTypes.length).fill(-1)
      return
    }
    for (const fact of facts) {
      const bindings = new Int32Array(plan.slotTypes.length).fill(-1)
      const agrees = plan.pivot.every((term, k) => {
        if (typeof term === 'string') return this.#context.objects.indexOf.get(term) === fact[k]
        if (bindings[term] !== -1 && bindings[term] !== fact[k]) return false
        bindings[term] = fact[k]!
        return true
      })
      const fits = (term: number | string, k: number) =>
        typeof term === 'string' || this.#context.objects.membersOf(plan.slotTypes[term]!)[fact[k]!] === 1
      if (agrees && plan.pivot.every(fits)) yield bindings
    }
  }

  #instance(rule: number, state: State, bindings: Bindings): Instance {
    const { parameters } = this.#book.rules[rule]!
    const count = this.#context.objects.ids.length
    let key: number | string = 0
    for (let i = 0; i < parameters.length; i++) key = key * count + bindings[i]!
    if (key > Number.MAX_SAFE_INTEGER) key = bindings.slice(0, parameters.length).join()
    const known = this.#instances[rule]!.get(key)
    if (known !== undefined && this.#templates[rule]!.isFixed) return known
    const objects = bindings.slice(0, parameters.length)
    this.#scratch.set(objects)
    const command = this.#templates[rule]!.write(state, this.#scratch)
    if (known !== undefined && known.command === command) return known
    const instance: Instance = { rule, objects, command }
    this.#instances[rule]!.set(key, instance)
    return instance
  }
}

const nothing: State = new Int32Array(0)

const byCommand = (left: Instance, right: Instance) =>
  left.command < right.command ? -1 : left.command > right.command ? 1 : 0

function sameInstances(left: readonly Instance[], right: readonly Instance[]): boolean {
  if (left.length !== right.length) return false
  for (let i = 0; i < left.length; i++) if (left[i] !== right[i]) return false
  return true
}

/** Merges what is always there (sorted) with what was found, dropping commands that are there already. */
function compose(always: readonly Instance[], found: readonly Instance[]): Menu {
  const extra = found.length > 1 ? found.toSorted(byCommand) : found
  const commands: string[] = []
  const instances: Instance[] = []
  let a = 0
  let b = 0
  let previous: string | undefined
  while (a < always.length || b < extra.length) {
    const fromAlways = b >= extra.length || (a < always.length && always[a]!.command <= extra[b]!.command)
    const instance = fromAlways ? always[a++]! : extra[b++]!
    if (instance.command === previous) continue
    previous = instance.command
    commands.push(previous)
    instances.push(instance)
  }
  return { commands, instances }
}

/** The predicate of which exactly one fact holds at the start and which most branches ask for. */
function choosePivot(book: RuleBook, context: JoinContext): Relation | undefined {
  const branches = book.rules.flatMap((rule) => rule.branches)
  let best: Relation | undefined
  let most = 0
  for (const relation of context.facts.truth.values()) {
    if (relation.fixed !== undefined || relation.arity === 0 || relation.tuples.length !== relation.arity) continue
    const uses = branches.filter((branch) =>
      branch.literals.some((literal) => literal.positive && literal.predicate === relation.name),
    ).length
    if (uses > most) {
      best = relation
      most = uses
    }
  }
  return best
}

function pivotWords(relation: Relation): number {
  let size = Math.ceil(relation.domains[relation.minor]!.length / 32)
  relation.domains.forEach((domain, k) => {
    if (k !== relation.minor) size *= domain.length
  })
  return size
}

/** The objects of the fact at a bit. */
function objectsAt(relation: Relation, bit: number): Int32Array {
  const objects = new Int32Array(relation.arity)
  const strides = relation.domains.map((domain, k) => (domain.length > 1 ? relation.steps[k]![domain[1]!]! : 1))
  const order = relation.domains.map((_, k) => k).sort((left, right) => strides[right]! - strides[left]!)
  let rest = bit - relation.base
  for (const k of order) {
    const domain = relation.domains[k]!
    if (domain.length === 1) objects[k] = domain[0]!
    else {
      const at = Math.floor(rest / strides[k]!)
      objects[k] = domain[at]!
      rest -= at * strides[k]!
    }
  }
  return objects
}
