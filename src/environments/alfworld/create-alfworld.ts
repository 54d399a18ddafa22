import type { Environment } from '../../contracts/environment.ts'
import { LeapError } from '../../contracts/error.ts'
import type { Task } from '../../contracts/task.ts'
import { createGame, type Game, hashGameFile } from './game.ts'
import type { GameFile } from './game-file.ts'
import type { GameEntry, GameLibrary } from './games/game-entry.ts'
import { drawGames, type GeneratedGames } from './games/generated-games.ts'
import { openGames } from './games/open-games.ts'
import { type TextVersion, withTextVersion } from './games/text-version.ts'
import { openHouseholdEpisode } from './household-episode.ts'
import { moveShapes, putShapes } from './planner/command-shapes.ts'
import { planFrom } from './planner/plan-from.ts'

/** Which games the environment serves. */
export interface AlfworldOptions {
  /** A folder tree, an archive or a file of `game.tw-pddl` games, a library opened before, or a generator's options. */
  readonly games: string | GameLibrary | GeneratedGames
  /** Default `as-is`. */
  readonly text?: TextVersion
  /** How many parsed games are kept for the next time; about a megabyte each. Default 128. */
  readonly kept?: number
  /** Default `alfworld`. */
  readonly name?: string
}

/** The task type of a goal, in ALFRED's words, for games whose path does not tell. */
const categories = {
  place: 'pick_and_place_simple',
  look: 'look_at_obj_in_light',
  clean: 'pick_clean_then_place_in_recep',
  heat: 'pick_heat_then_place_in_recep',
  cool: 'pick_cool_then_place_in_recep',
  two: 'pick_two_obj_and_place',
  other: 'other',
} as const

/**
 * The household games of ALFWorld as an environment. Observations, scores, and candidate actions are those of Python ALFWorld
 * on the same game files; a step limit is the rollout's business.
 *
 * @throws LeapError as `openGames` does; `SPLIT_UNKNOWN` and `TASK_UNKNOWN` from its methods, and what a bad game file throws when opened
 */
export async function createAlfworld(options: AlfworldOptions): Promise<Environment> {
  const name = options.name ?? 'alfworld'
  const library = await openLibrary(options.games)
  const byId = new Map(library.entries.map((entry) => [entry.id, entry]))
  const splits = [...new Set(library.entries.map((entry) => entry.split))].sort()
  const games = new Map<string, Game>()
  const limit = options.kept ?? 128

  const entryOf = (task: Task): GameEntry => {
    const entry = byId.get(task.id)
    if (entry !== undefined) return entry
    throw new LeapError({
      code: 'TASK_UNKNOWN',
      message: `${name}: expected one of the ${byId.size} games at hand, found the task id "${task.id}"`,
      remedy: 'Give the folder or archive that holds this game, or make the panel again.',
    })
  }
  const fileOf = (entry: GameEntry): GameFile => withTextVersion(entry.read(), options.text ?? 'as-is', entry.source)
  const gameOf = (entry: GameEntry): Game => {
    let game = games.get(entry.id)
    // Taken out and put back, so that the first one of the map is the one unused for longest.
    if (game !== undefined) games.delete(entry.id)
    else game = createGame(fileOf(entry), entry.source)
    games.set(entry.id, game)
    if (games.size > limit) games.delete(games.keys().next().value!)
    return game
  }
  const tasks = library.entries.map(
    (entry): Task => ({
      id: entry.id,
      environment: name,
      split: entry.split,
      category: entry.category ?? categories[gameOf(entry).goal.kind],
    }),
  )

  return {
    name,
    splits,
    async tasks(split) {
      if (!splits.includes(split)) {
        throw new LeapError({
          code: 'SPLIT_UNKNOWN',
          message: `${name}: no split "${split}" (available: ${splits.join(', ')})`,
        })
      }
      return tasks.filter((task) => task.split === split)
    },
    async contentHash(task) {
      return hashGameFile(fileOf(entryOf(task)))
    },
    async solution(task) {
      const game = gameOf(entryOf(task))
      return game.walkthrough === undefined
        ? planFrom(game.start().worldState(), shapesOf(game))
        : [...game.walkthrough]
    },
    async open(task) {
      const game = gameOf(entryOf(task))
      return openHouseholdEpisode(task, game, shapesOf(game))
    },
    async close() {
      games.clear()
    },
  }
}

async function openLibrary(games: AlfworldOptions['games']): Promise<GameLibrary> {
  if (typeof games === 'string') return openGames(games)
  return 'entries' in games ? games : drawGames(games)
}

const shapesOf = (game: Game) => (game.putWording === 'put' ? putShapes : moveShapes)
