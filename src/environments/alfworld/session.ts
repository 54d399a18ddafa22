import type { Menu } from './engine/menu.ts'
import type { State } from './engine/relation.ts'
import type { Simulation } from './engine/simulation.ts'
import type { WorldState } from './world-state.ts'

/** What a player sees after a reset or a command. */
export interface StepResult {
  readonly text: string
  /** 1 while the goal holds, else 0; it can fall back to 0 when play goes on after a win. */
  readonly score: number
  readonly done: boolean
  /** Everything that can be typed now, ascending by code point. Shared with other results: do not change it. */
  readonly candidates: readonly string[]
}

/** What a session needs of its game. */
export interface SessionGame {
  readonly simulation: Simulation
  readonly readWorld: (state: State) => WorldState
  /** The text, menu and score of the start, which are the same at every reset. */
  readonly start: { readonly text: string; readonly menu: Menu; readonly isWon: boolean }
}

const refusal = 'Nothing happens.'

/**
 * One play of a game. Behaves as TextWorld's `PddlEnv` under ALFWorld: a command counts only if it is exactly one of the
 * candidates (outer white space aside); anything else changes nothing. There is no step limit, and play goes on after a win.
 */
export class Session {
  readonly #game: SessionGame
  #state: State
  #menu: Menu
  #isWon: boolean

  constructor(game: SessionGame, from?: { state: State; menu: Menu; isWon: boolean }) {
    this.#game = game
    this.#state = from?.state ?? game.simulation.facts.start.slice()
    this.#menu = from?.menu ?? game.start.menu
    this.#isWon = from?.isWon ?? game.start.isWon
  }

  /** Starts again from the beginning. */
  reset(): StepResult {
    const { simulation, start } = this.#game
    this.#state.set(simulation.facts.start)
    this.#menu = start.menu
    this.#isWon = start.isWon
    return this.#result(start.text)
  }

  /** Carries out a command. */
  step(command: string): StepResult {
    const at = find(this.#menu.commands, command.trim())
    if (at < 0) return this.#result(refusal)
    const { simulation } = this.#game
    const instance = this.#menu.instances[at]!
    const text = simulation.perform(instance, this.#state)
    if (simulation.concernsGoal(instance)) this.#isWon = simulation.isWon(this.#state)
    this.#menu = simulation.menu(this.#state)
    return this.#result(text)
  }

  /** What can be typed now. */
  get candidates(): readonly string[] {
    return this.#menu.commands
  }

  /** A session of its own in the same state; costs a copy of one to three kilobytes. */
  clone(): Session {
    return new Session(this.#game, { state: this.#state.slice(), menu: this.#menu, isWon: this.#isWon })
  }

  /** The hidden truth, for teachers. */
  worldState(): WorldState {
    return this.#game.readWorld(this.#state)
  }

  #result(text: string): StepResult {
    const isWon = this.#isWon
    return { text, score: isWon ? 1 : 0, done: isWon, candidates: this.#menu.commands }
  }
}

/** Binary search in an ascending list. */
function find(sorted: readonly string[], wanted: string): number {
  let low = 0
  let high = sorted.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const value = sorted[middle]!
    if (value === wanted) return middle
    if (value < wanted) low = middle + 1
    else high = middle - 1
  }
  return -1
}
