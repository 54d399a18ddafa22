import { LeapError } from '../../../contracts/error.ts'
import { createRandom } from '../../../support/random.ts'
import type { WorldState } from '../world-state.ts'
import { composeGame } from './compose-game.ts'
import { domainText } from './domain-text.ts'
import { grammarText } from './grammar-text.ts'
import { problemText } from './problem-text.ts'
import { planRooms, type RoomPlan } from './room-plan.ts'
import type { RoomType } from './room-statistics.ts'
import { officialMix, type PossibleGoal, possibleGoals, taskRooms } from './task-choice.ts'
import { taskSentence } from './task-sentence.ts'
import type { TaskType } from './task-targets.ts'

export const generatedSplits = ['train', 'valid_seen', 'valid_unseen'] as const
export type GeneratedSplit = (typeof generatedSplits)[number]

export interface GeneratorOptions {
  seed: number | string
  /** Rooms of each of the four types that `train` and `valid_seen` are set in. Default 27, as in ALFRED. */
  trainRooms?: number
  /** Further rooms of each type for `valid_unseen`. Default 8 (ALFRED has 1, which makes unseen results hang on four rooms). */
  unseenRooms?: number
  /** How often each task type is drawn, as weights. Default: the official training split's. */
  mix?: Partial<Record<TaskType, number>>
  /** Tasks are set in rooms of at most so many receptacles only, for games that are over in a few actions. Default: in all. */
  largestRoom?: number
}

/** A game in ALFWorld's file format. */
export interface GeneratedGame {
  /** `train/pick_heat_then_place_in_recep-mug-None-fridge-k07/000123`: split, task type, object, `None`, destination or lamp, room, index. */
  readonly id: string
  readonly type: TaskType
  readonly room: string
  /** Content of its `game.tw-pddl`, written when asked for. */
  readonly text: string
  /** A shortest solution. */
  readonly walkthrough: readonly string[]
  /** The hidden truth at the start, as the engine will report it (names of places differ). */
  readonly world: WorldState
}

/** Where a type of task can be set: rooms with the goals that they allow. */
interface Setting {
  readonly weight: number
  readonly rooms: readonly { room: RoomPlan; goals: readonly PossibleGoal[] }[]
}

const roomTypes: readonly RoomType[] = ['kitchen', 'living', 'bedroom', 'bathroom']

/**
 * Draws household games in ALFWorld's manner without end. Game i of a split depends on the options, the split and i alone, so games can be made again one by one
 * from their ids. `valid_seen` has the rooms of `train` with other tasks and placements; no room of `valid_unseen` occurs in either.
 */
export class HouseholdGenerator {
  readonly #options: Required<GeneratorOptions>
  readonly #rooms = new Map<boolean, readonly RoomPlan[]>()
  readonly #settings = new Map<boolean, ReadonlyMap<TaskType, readonly Setting[]>>()

  /** @throws LeapError `GENERATOR_OPTIONS` if a number of rooms is below 1, or no task type has a weight. */
  constructor({ seed, trainRooms = 27, unseenRooms = 8, mix = officialMix, largestRoom = Infinity }: GeneratorOptions) {
    for (const [field, value] of Object.entries({ trainRooms, unseenRooms, largestRoom }))
      if (!(Number.isInteger(value) || value === Infinity) || value < 1)
        throw optionsError(`${field} must be a whole number of at least 1, found ${value}`)
    for (const [type, weight] of Object.entries(mix)) {
      if (!(type in officialMix))
        throw optionsError(
          `mix names an unknown task type "${type}" (available: ${Object.keys(officialMix).join(', ')})`,
        )
      if (!(weight >= 0)) throw optionsError(`mix.${type} must be 0 or more, found ${weight}`)
    }
    if (!Object.values(mix).some((weight) => weight > 0))
      throw optionsError('mix must give some task type a positive weight')
    this.#options = { seed, trainRooms, unseenRooms, mix, largestRoom }
  }

  /** The rooms of a split. */
  rooms(split: GeneratedSplit): readonly RoomPlan[] {
    const { seed, trainRooms, unseenRooms } = this.#options
    const isUnseen = split === 'valid_unseen'
    let rooms = this.#rooms.get(isUnseen)
    if (rooms === undefined) {
      const numbers = isUnseen ? { first: trainRooms + 1, size: unseenRooms } : { first: 1, size: trainRooms }
      rooms = roomTypes.flatMap((type) => planRooms({ seed, type, ...numbers }))
      this.#rooms.set(isUnseen, rooms)
    }
    return rooms
  }

  /** Game `index` (from 0) of a split. */
  game(split: GeneratedSplit, index: number): GeneratedGame {
    const { seed, mix } = this.#options
    const random = createRandom(seed, 'game', split, index)
    const settings = this.#settingsOf(split)
    const types = [...settings.keys()].filter((one) => settings.get(one)!.length > 0)
    const weights = types.map((one) => mix[one] ?? 0)
    if (!weights.some((weight) => weight > 0)) throw this.#noRoom(split)
    const type = types[random.weighted(weights)]!
    const places = settings.get(type)!
    const { rooms } = places[random.weighted(places.map(({ weight }) => weight))]!
    const { room, goals } = random.choice(rooms)
    const { world, ids, goal, walkthrough } = composeGame(room, goals, random)
    const destination = goal.kind === 'look' ? goal.lamp : goal.receptacle
    const number = String(index).padStart(6, '0')
    const id = `${split}/${type}-${goal.object}-None-${destination}-${room.name}/${number}`
    const sentence = taskSentence(goal, random)
    return {
      id,
      type,
      room: room.name,
      walkthrough,
      world,
      get text() {
        return JSON.stringify({
          pddl_domain: domainText,
          grammar: grammarText(sentence),
          pddl_problem: problemText(world, { name: `household-${split}-${number}`, ids }),
          solvable: true,
          walkthrough,
        })
      },
    }
  }

  #noRoom(split: GeneratedSplit): LeapError {
    const { mix, largestRoom } = this.#options
    const kinds = Object.keys(mix).filter((type) => mix[type as TaskType]! > 0)
    const sizes = this.rooms(split).map((room) => room.receptacles.length)
    return optionsError(
      `no room of ${split} with at most ${largestRoom} receptacles allows a task of ${kinds.join(', ')} (its rooms have ${Math.min(...sizes)} to ${Math.max(...sizes)})`,
    )
  }

  #settingsOf(split: GeneratedSplit): ReadonlyMap<TaskType, readonly Setting[]> {
    const key = split === 'valid_unseen'
    let settings = this.#settings.get(key)
    if (settings === undefined) {
      const rooms = this.rooms(split)
      settings = new Map(
        (Object.keys(officialMix) as TaskType[]).map((type) => [
          type,
          Object.entries(taskRooms[type]).flatMap(([roomType, weight]): Setting[] => {
            const able = rooms
              .filter((room) => room.type === roomType && room.receptacles.length <= this.#options.largestRoom)
              .map((room) => ({ room, goals: possibleGoals(type, room) }))
              .filter(({ goals }) => goals.length > 0)
            return able.length > 0 ? [{ weight, rooms: able }] : []
          }),
        ]),
      )
      this.#settings.set(key, settings)
    }
    return settings
  }
}

function optionsError(message: string): LeapError {
  return new LeapError({ code: 'GENERATOR_OPTIONS', message: `game generator: ${message}` })
}
