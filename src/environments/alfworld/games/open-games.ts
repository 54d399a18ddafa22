import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { LeapError } from '../../../contracts/error.ts'
import type { GameLibrary } from './game-entry.ts'
import { openArchive } from './open-archive.ts'
import { openFile, openFolder } from './open-folder.ts'

export interface OpenGamesOptions {
  /** Keep what AlfredTWEnv would leave out, and games that share an id with another. Default false. */
  readonly all?: boolean
}

/**
 * Finds the games in a folder tree, a `.tar`, `.tar.gz` or `.tar.xz` archive, or a single `game.tw-pddl` file. They are parsed when
 * they are read.
 *
 * @throws LeapError `GAMES_NOT_FOUND`, `GAMES_EMPTY`, `GAME_ARCHIVE_INVALID`, `GAME_FILE_UNREADABLE`
 */
export async function openGames(path: string, options: OpenGamesOptions = {}): Promise<GameLibrary> {
  const info = await stat(path).catch((error: unknown) => {
    throw new LeapError({
      code: 'GAMES_NOT_FOUND',
      message: `${path}: expected a folder, an archive (.tar, .tar.gz, .tar.xz) or a game.tw-pddl file, found nothing there`,
      remedy: 'Check the path. Official games come with "alfworld-download"; generated ones with "leap generate".',
      cause: error,
    })
  })
  const all = options.all ?? false
  const isArchive = /\.(tar|tar\.gz|tgz|tar\.xz|txz)$/i.test(path)
  const library = info.isDirectory()
    ? await openFolder(resolve(path), all)
    : isArchive
      ? await openArchive(path, all)
      : openFile(resolve(path))
  if (library.entries.length === 0) {
    const reasons = library.leftOut.slice(0, 3).map(({ source, reason }) => `${source} ${reason}`)
    throw new LeapError({
      code: 'GAMES_EMPTY',
      message: `${path}: expected at least one playable game.tw-pddl, found ${library.leftOut.length === 0 ? 'no such file' : `${library.leftOut.length} that are left out (${reasons.join('; ')})`}`,
    })
  }
  return library
}
