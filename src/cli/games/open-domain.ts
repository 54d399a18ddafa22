import { resolve } from 'node:path'
import type { Domain } from '../../contracts/domain.ts'
import type { GamesOptions } from './games-options.ts'

/** Opens the games that the options name, with what comes with them (agents, teacher). */
export type OpenDomain = (options: Pick<GamesOptions, 'games' | 'seed' | 'text'> & { cwd: string }) => Promise<Domain>

/** The household games: official files where a path is given, else games made from the seed. */
export const openDomain: OpenDomain = async ({ games, seed, text, cwd }) => {
  const { openAlfworldDomain } = await import('../../experiments/domains/alfworld.ts')
  return openAlfworldDomain({ seed, text, ...(games === undefined ? {} : { games: resolve(cwd, games) }) })
}
