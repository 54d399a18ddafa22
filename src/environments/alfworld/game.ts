import { LeapError } from '../../contracts/error.ts'
import { hashText } from '../../support/hash.ts'
import { isAttainable } from './engine/attainable.ts'
import { createRuleBook, type RuleBook } from './engine/rules.ts'
import { Simulation } from './engine/simulation.ts'
import { type GameFile, readGameFile } from './game-file.ts'
import { type GrammarDocument, readGrammar } from './grammar/document.ts'
import { readDomain } from './pddl/domain.ts'
import type { Problem } from './pddl/model.ts'
import { readProblem } from './pddl/problem.ts'
import { createWorldReader } from './read-world-state.ts'
import { Session, type SessionGame } from './session.ts'
import type { Goal } from './world-state.ts'

/** A household game, ready to be played any number of times. */
export interface Game {
  /** Where it came from, for messages. */
  readonly source: string
  /** The stored solution, where the file has one. */
  readonly walkthrough?: readonly string[]
  /** The task sentence without `Your task is to: `, with its full stop. */
  readonly goalText: string
  /** The goal's form, recognised from the PDDL. */
  readonly goal: Goal
  /** 16 hex digits over domain, grammar and problem: two games with one hash play alike. */
  readonly contentHash: string
  /** How an object is put down: `put X in/on Y` (text 2.1.1) or `move X to Y`. */
  readonly putWording: 'move' | 'put'
  /** A fresh play, at its beginning. */
  start(): Session
}

/** The content hash of a game without parsing it. */
export const hashGameFile = (file: GameFile) => hashText([file.domain, file.grammar, file.problem])

/**
 * Reads a `game.tw-pddl` file.
 *
 * @param source path or name, for messages
 * @throws LeapError `GAME_JSON_INVALID`, `GAME_FIELD_INVALID`, `GAME_PDDL_INVALID`, `GAME_PREDICATE_UNKNOWN`,
 *   `GAME_OBJECT_UNKNOWN`, `GAME_GRAMMAR_INVALID`, `GAME_RULE_MISSING`, `GAME_UNSOLVABLE`, `GAME_TOO_LARGE`
 */
export function parseGame(text: string, source: string): Game {
  return createGame(readGameFile(text, source), source)
}

/** Makes a game of the contents of its file. Throws as {@link parseGame} does. */
export function createGame(file: GameFile, source: string): Game {
  if (file.solvable === false) {
    throw new LeapError({
      code: 'GAME_UNSOLVABLE',
      message: `${source}: expected a game with "solvable": true, found false`,
      remedy: 'Leave this game out; its goal can not be reached.',
    })
  }
  const book = books.get(file.domain, () => createRuleBook(readDomain(file.domain, source)))
  const grammar = grammars.get(file.grammar, () => readGrammar(file.grammar, source))
  const problem = readProblem(file.problem, book.domain, source)
  const simulation = new Simulation(book, grammar, problem, source)
  checkGoal(simulation, problem, source)
  const { start } = simulation.facts
  const readWorld = createWorldReader(simulation)
  let opening: SessionGame['start'] | undefined
  const sessionGame: SessionGame = {
    simulation,
    readWorld,
    // Grammar errors of the introduction show when the game is first played; the checks above have seen its rules.
    get start() {
      opening ??= { text: simulation.introduction(start), menu: simulation.menu(start), isWon: simulation.isWon(start) }
      return opening
    },
  }
  let hash: string | undefined
  return {
    source,
    ...(file.walkthrough === undefined ? {} : { walkthrough: file.walkthrough }),
    get goalText() {
      return goalSentence(sessionGame.start.text)
    },
    get goal() {
      return readWorld(start).goal
    },
    get contentHash() {
      hash ??= hashGameFile(file)
      return hash
    },
    putWording: /^\s*put\b/.test(grammar.actions.get('putobject')?.template ?? '') ? 'put' : 'move',
    start: () => new Session(sessionGame),
  }
}

const goalSentence = (introduction: string) =>
  /Your task is to: (.*)/.exec(introduction)?.[1] ?? introduction.trim().split('\n').at(-1)!

function checkGoal(simulation: Simulation, problem: Problem, source: string): void {
  const unsolvable = (found: string) =>
    new LeapError({
      code: 'GAME_UNSOLVABLE',
      message: `${source}: problem, :goal: expected a goal that can be reached, found ${found}`,
      remedy: 'Check the goal against :objects and :init, or leave this game out.',
    })
  for (const constant of constantsOf(problem.goal)) {
    if (!simulation.objects.indexOf.has(constant)) throw unsolvable(`"${constant}", which is no object of the problem`)
  }
  const context = { objects: simulation.objects, facts: simulation.facts }
  if (!isAttainable(simulation.goal, simulation.book, context)) {
    const literals = simulation.goal[0]?.literals ?? []
    const named = literals.flatMap(({ terms }) => terms.filter((term) => typeof term === 'string'))
    throw unsolvable(`no objects and no actions that could make it true (it names ${[...new Set(named)].join(', ')})`)
  }
}

function constantsOf(condition: Problem['goal']): string[] {
  if (condition.kind === 'atom') return condition.atom.terms.filter((term) => !term.startsWith('?'))
  if (condition.kind === 'equal') return [condition.left, condition.right].filter((term) => !term.startsWith('?'))
  if (condition.kind === 'and' || condition.kind === 'or') return condition.parts.flatMap(constantsOf)
  return constantsOf(condition.part)
}

/** Thousands of games share one domain and a few hundred grammars: parsed ones are kept, the oldest dropped first. */
class Kept<Value> {
  readonly #limit: number
  readonly #values = new Map<string, Value>()

  constructor(limit: number) {
    this.#limit = limit
  }

  get(key: string, create: () => Value): Value {
    let value = this.#values.get(key)
    if (value === undefined) {
      value = create()
      if (this.#values.size >= this.#limit) this.#values.delete(this.#values.keys().next().value!)
      this.#values.set(key, value)
    }
    return value
  }
}

const books = new Kept<RuleBook>(16)
const grammars = new Kept<GrammarDocument>(256)
