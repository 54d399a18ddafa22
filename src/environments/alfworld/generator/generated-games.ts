import { LeapError } from '../../../contracts/error.ts'
import {
  type GeneratedGame,
  type GeneratedSplit,
  type GeneratorOptions,
  generatedSplits,
  HouseholdGenerator,
} from './generator.ts'

export interface GeneratedGamesOptions extends GeneratorOptions {
  /** How many games each split has. Default 3,000 for `train`, 600 for each of the others. */
  counts?: Partial<Record<GeneratedSplit, number>>
}

const defaultCounts: Readonly<Record<GeneratedSplit, number>> = { train: 3000, valid_seen: 600, valid_unseen: 600 }

/** A collection of generated games without files: ids are listed by split, and a game is made again from its id whenever it is wanted. */
export class GeneratedGames {
  readonly splits = generatedSplits
  readonly #generator: HouseholdGenerator
  readonly #counts: Readonly<Record<GeneratedSplit, number>>
  readonly #ids = new Map<GeneratedSplit, readonly string[]>()

  /** @throws LeapError as {@link HouseholdGenerator} does; `GENERATOR_OPTIONS` if a count is negative or no whole number. */
  constructor({ counts, ...options }: GeneratedGamesOptions) {
    this.#generator = new HouseholdGenerator(options)
    this.#counts = { ...defaultCounts, ...counts }
    for (const [split, count] of Object.entries(this.#counts)) {
      if (!Number.isInteger(count) || count < 0)
        throw new LeapError({
          code: 'GENERATOR_OPTIONS',
          message: `counts.${split} must be a whole number of at least 0, found ${count}`,
        })
      this.#splitNamed(split)
    }
  }

  /** The ids of all games of a split, sorted. The first call draws them all (thousands a second). Throws `SPLIT_UNKNOWN`. */
  ids(split: string): readonly string[] {
    const known = this.#splitNamed(split)
    let ids = this.#ids.get(known)
    if (ids === undefined) {
      ids = Array.from({ length: this.#counts[known] }, (_, index) => this.#generator.game(known, index).id).sort()
      this.#ids.set(known, ids)
    }
    return ids
  }

  /** The game of an id. Throws `TASK_UNKNOWN` if this seed and these options make no game of that id. */
  game(id: string): GeneratedGame {
    const slash = id.indexOf('/')
    const number = /\/(\d+)$/.exec(id)?.[1]
    const index = number === undefined ? -1 : Number(number)
    const split = generatedSplits.find((one) => one === id.slice(0, slash))
    if (split !== undefined && index >= 0 && index < this.#counts[split]) {
      const game = this.#generator.game(split, index)
      if (game.id === id) return game
    }
    throw new LeapError({
      code: 'TASK_UNKNOWN',
      message: `the generated games have no "${id}"`,
      remedy: 'Ids belong to one seed and one set of generator options: use those of the run that the id comes from.',
    })
  }

  #splitNamed(split: string): GeneratedSplit {
    const known = generatedSplits.find((one) => one === split)
    if (known !== undefined) return known
    throw new LeapError({
      code: 'SPLIT_UNKNOWN',
      message: `generated games have no split "${split}" (available: ${generatedSplits.join(', ')})`,
    })
  }
}
