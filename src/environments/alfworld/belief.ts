import { type Command, parseCommand } from './command.ts'
import { type GoalReading, readGoal } from './goal-text.ts'
import { namesIn, typeOf } from './names.ts'

/** One moment of an episode as an agent sees it. */
export interface Moment {
  observation: string
  candidates: readonly string[]
}

/**
 * What can be known from the history of a household episode alone: the memory of the scripted agents, and the yardstick by which a
 * corrected reason is realizable. Reads names and candidate actions, never the wording of sentences, so it serves every grammar.
 */
export class Belief {
  readonly goal: GoalReading
  /** All receptacles of the room, in the order of the first observation. */
  readonly receptacles: readonly string[]
  /** Last known contents of every receptacle whose inside has been seen. */
  readonly contents = new Map<string, Set<string>>()
  /** Receptacles that can be used from where the agent stands. */
  here: string[] = []
  holding: string | undefined
  /** What has been done to each object: `clean`, `heat`, `cool`. */
  readonly done = new Map<string, Set<string>>()
  /** Times that each receptacle was gone to. */
  readonly visits = new Map<string, number>()
  #candidates: ReadonlySet<string> = new Set()
  readonly #known: ReadonlySet<string>

  constructor(instruction: string, first: Moment) {
    this.receptacles = [...new Set(namesIn(first.observation))]
    this.#known = new Set(this.receptacles)
    this.goal = readGoal(instruction, new Set(this.receptacles.map(typeOf)))
    this.#see(first)
  }

  /** Takes in one action and the moment that followed it. */
  update(action: string, next: Moment): void {
    const command = parseCommand(action)
    const possible = this.#candidates.has(action)
    if (possible) this.#perform(command, next.observation)
    this.#see(next)
    if (possible) this.#readContents(command, next.observation)
  }

  /** True if `action` can be done now. */
  can(action: string): boolean {
    return this.#candidates.has(action)
  }

  get candidates(): ReadonlySet<string> {
    return this.#candidates
  }

  /** True if the receptacle is here and shut. */
  isClosed(receptacle: string): boolean {
    return this.#candidates.has(`open ${receptacle}`)
  }

  /** Receptacles whose contents have not been seen, in listing order. */
  unseen(): string[] {
    return this.receptacles.filter((receptacle) => !this.contents.has(receptacle))
  }

  /** Where objects of a class were last seen, as [object, receptacle], in listing order. */
  whereIs(type: string): [object: string, receptacle: string][] {
    const found: [string, string][] = []
    for (const receptacle of this.receptacles)
      for (const object of this.contents.get(receptacle) ?? [])
        if (typeOf(object) === type) found.push([object, receptacle])
    return found
  }

  #see(moment: Moment): void {
    this.#candidates = new Set(moment.candidates)
    this.here = this.receptacles.filter((receptacle) => this.#candidates.has(`examine ${receptacle}`))
  }

  #perform(command: Command, observation: string): void {
    switch (command.verb) {
      case 'go':
        this.visits.set(command.target, (this.visits.get(command.target) ?? 0) + 1)
        break
      case 'take':
        this.holding = command.object
        this.contents.get(command.target)?.delete(command.object)
        break
      case 'put':
        this.holding = undefined
        this.#contentsOf(command.target).add(command.object)
        break
      case 'clean':
      case 'heat':
      case 'cool':
        this.#mark(command.object, command.verb)
        break
      case 'inventory':
        this.holding = namesIn(observation)[0]
        break
    }
  }

  #mark(object: string, what: 'clean' | 'heat' | 'cool'): void {
    const marks = this.done.get(object) ?? new Set()
    if (what === 'heat') marks.delete('cool')
    if (what === 'cool') marks.delete('heat')
    this.done.set(object, marks.add(what))
  }

  #contentsOf(receptacle: string): Set<string> {
    const contents = this.contents.get(receptacle) ?? new Set<string>()
    this.contents.set(receptacle, contents)
    return contents
  }

  /** After going to, opening or examining an open receptacle, the observation lists what is in it. */
  #readContents(command: Command, observation: string): void {
    if (command.verb !== 'go' && command.verb !== 'open' && command.verb !== 'examine') return
    if (!this.#known.has(command.target) || this.isClosed(command.target)) return
    const contents = this.#contentsOf(command.target)
    contents.clear()
    for (const name of namesIn(observation)) if (!this.#known.has(name)) contents.add(name)
  }
}
