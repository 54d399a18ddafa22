import type { GrammarDocument } from '../grammar/document.ts'
import { type EntityName, nameEntities } from '../naming.ts'
import type { Problem } from '../pddl/model.ts'
import { type Branch, branchesOf, scopeOf } from './branch.ts'
import { createFactBase, type FactBase } from './facts.ts'
import { checkGrammar } from './grammar-check.ts'
import { applyChange, groundChange, type Instance } from './instance.ts'
import { compileAny, type JoinContext } from './join.ts'
import { type Menu, MenuBoard } from './menu.ts'
import { createObjectTable, type ObjectTable } from './objects.ts'
import type { State } from './relation.ts'
import type { Rule, RuleBook } from './rules.ts'
import type { Check } from './scan.ts'
import { TextCompiler, type Write } from './writer.ts'

/** Room for the variables that a text or a goal binds at once. */
const bindingRoom = 128

/** Predicates that the hidden truth is made of (see `readWorldState`); stored even where no rule or text asks for them. */
const worldPredicates = [
  'isclean',
  'ishot',
  'iscool',
  'ison',
  'istoggled',
  'issliced',
  'opened',
  'holds',
  'inreceptacle',
]

/** A game made ready to run: its facts numbered, its rules planned, its texts compiled when first needed. */
export class Simulation {
  readonly book: RuleBook
  readonly objects: ObjectTable
  readonly facts: FactBase
  readonly entities: readonly EntityName[]
  readonly goal: readonly Branch[]
  readonly #compiler: TextCompiler
  readonly #board: MenuBoard
  readonly #goalCheck: Check
  readonly #goalRules: readonly boolean[]
  readonly #feedback: (Write | undefined)[]
  readonly #grammar: GrammarDocument
  readonly #scratch = new Int32Array(bindingRoom)

  /** @throws LeapError as {@link checkGrammar} and {@link createFactBase} do */
  constructor(book: RuleBook, grammar: GrammarDocument, problem: Problem, source: string) {
    this.book = book
    this.#grammar = grammar
    const use = checkGrammar(grammar, book.domain, source)
    this.objects = createObjectTable([...book.domain.constants, ...problem.objects], book.domain.types)
    this.goal = branchesOf(problem.goal, scopeOf([]), `${source}: problem, :goal`)
    const goalPredicates = mentioned(this.goal)
    const read = new Set([...rulePredicates(book), ...goalPredicates, ...use.predicates, ...worldPredicates])
    this.facts = createFactBase(book, this.objects, problem.init, read, use.denied, source)
    this.entities = nameObjects(this.objects, this.facts)
    const context: JoinContext = { objects: this.objects, facts: this.facts }
    this.#compiler = new TextCompiler({ ...context, entities: this.entities, grammar, source })
    const templates = book.rules.map((rule) =>
      this.#compiler.template(
        grammar.actions.get(rule.name)!.template,
        `template of action ${rule.name}`,
        rule.parameters,
      ),
    )
    this.#board = new MenuBoard(book, context, templates, this.#scratch)
    this.#goalCheck = compileAny(this.goal, [], context)
    this.#goalRules = book.rules.map((rule) => rule.effects.some(({ predicate }) => goalPredicates.has(predicate)))
    this.#feedback = book.rules.map(() => undefined)
  }

  /** The text after a reset. */
  introduction(state: State): string {
    return this.#compiler.rule('intro', 'the introduction', []).write(state, this.#scratch)
  }

  /** What can be done in a state. Shared: do not change it. */
  menu(state: State): Menu {
    return this.#board.menu(state)
  }

  /** Whether the goal holds. */
  isWon(state: State): boolean {
    return this.#goalCheck(state, this.#scratch)
  }

  /** False if this instance can not change whether the goal holds. */
  concernsGoal(instance: Instance): boolean {
    return this.#goalRules[instance.rule]!
  }

  /** Carries an instance out in place and tells what happened. */
  perform(instance: Instance, state: State): string {
    const { objects } = instance
    const rule = this.book.rules[instance.rule]!
    instance.change ??= groundChange(rule, objects, this)
    applyChange(instance.change, state)
    for (let i = 0; i < objects.length; i++) this.#scratch[i] = objects[i]!
    const write = (this.#feedback[instance.rule] ??= this.#compileFeedback(rule))
    return write(state, this.#scratch)
  }

  #compileFeedback(rule: Rule): Write {
    const { feedback } = this.#grammar.actions.get(rule.name)!
    return this.#compiler.template(feedback, `feedback of action ${rule.name}`, rule.parameters).write
  }
}

/** Names are handed out among the ids that occur in facts; the others are never seen and keep their ids. */
function nameObjects({ ids }: ObjectTable, { mentioned }: FactBase): EntityName[] {
  const named = nameEntities(ids.filter((_, object) => mentioned[object] === 1))
  let next = 0
  return ids.map((id, object) => (mentioned[object] === 1 ? named[next++]! : { id, name: `${id} `, base: id }))
}

function mentioned(branches: readonly Branch[]): Set<string> {
  const found = new Set<string>()
  for (const branch of branches) {
    for (const literal of branch.literals) found.add(literal.predicate)
    for (const part of branch.absent) for (const predicate of mentioned(part)) found.add(predicate)
  }
  return found
}

const ofBooks = new WeakMap<RuleBook, Set<string>>()

/** Predicates that some rule asks for before or while it acts. */
function rulePredicates(book: RuleBook): Set<string> {
  let found = ofBooks.get(book)
  if (found === undefined) {
    found = new Set(
      book.rules.flatMap((rule) => [
        ...mentioned(rule.branches),
        ...rule.effects.flatMap((effect) => [...mentioned(effect.condition ?? [])]),
      ]),
    )
    ofBooks.set(book, found)
  }
  return found
}
