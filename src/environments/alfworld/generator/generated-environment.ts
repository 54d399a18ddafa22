import type { Environment } from '../../../contracts/environment.ts'
import type { Task } from '../../../contracts/task.ts'
import { hashGameFile, parseGame } from '../game.ts'
import { readGameFile } from '../game-file.ts'
import { openHouseholdEpisode } from '../household-episode.ts'
import { moveShapes } from '../planner/command-shapes.ts'
import { GeneratedGames, type GeneratedGamesOptions } from './generated-games.ts'

/**
 * The household games that need no data: drawn from a seed, never written to disk. Tasks, hashes and play are those of the same games written by
 * `writeGames` and read as files. Throws as {@link GeneratedGames} does.
 */
export function createGeneratedHousehold(options: GeneratedGamesOptions): Environment {
  const games = new GeneratedGames(options)
  return {
    name: 'alfworld',
    splits: games.splits,
    tasks: async (split) =>
      games.ids(split).map((id): Task => ({ id, environment: 'alfworld', split, category: categoryOf(id) })),
    contentHash: async ({ id }) => hashGameFile(readGameFile(games.game(id).text, id)),
    solution: async ({ id }) => [...games.game(id).walkthrough],
    open: async (task) => openHouseholdEpisode(task, parseGame(games.game(task.id).text, task.id), moveShapes),
    close: async () => {},
  }
}

/** The task type is the first part of the folder's name. */
function categoryOf(id: string): string {
  return id.split('/')[1]!.split('-')[0]!
}
