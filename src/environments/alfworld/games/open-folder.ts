import { readFileSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { LeapError } from '../../../contracts/error.ts'
import { readGameFile } from '../game-file.ts'
import {
  describePath,
  type GameEntry,
  type GameLibrary,
  type LeftOut,
  makeLibrary,
  solvableIn,
  whyLeftOut,
} from './game-entry.ts'

/** Finds every `*.tw-pddl` below a folder (absolute path). Each file is read once to see whether it is playable, and not kept. */
export async function openFolder(folder: string, all: boolean): Promise<GameLibrary> {
  const names = await readdir(folder, { recursive: true })
  const entries: GameEntry[] = []
  const leftOut: LeftOut[] = []
  for (const name of names.filter((one) => one.endsWith('.tw-pddl')).sort()) {
    const entry = fileEntry(join(folder, name))
    const reason = all ? undefined : whyLeftOut(entry.id, solvableIn(readText(entry.source)))
    if (reason === undefined) entries.push(entry)
    else leftOut.push({ source: entry.source, reason })
  }
  return all ? { entries, leftOut } : makeLibrary(entries, leftOut)
}

/** One game file (absolute path), whatever it says about itself. */
export function openFile(path: string): GameLibrary {
  return { entries: [fileEntry(path)], leftOut: [] }
}

function fileEntry(path: string): GameEntry {
  return {
    ...describePath(path.split(sep).join('/')),
    source: path,
    read: () => readGameFile(readText(path), path),
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new LeapError({
      code: 'GAME_FILE_UNREADABLE',
      message: `${path}: expected a readable game file, found ${(error as Error).message}`,
      cause: error,
    })
  }
}
