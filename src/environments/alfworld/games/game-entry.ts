import type { GameFile } from '../game-file.ts'

/** A game that has been found but not parsed. */
export interface GameEntry {
  /** Path from the split on, without the file name: `valid_seen/pick_heat_.../trial_T2019...`. */
  readonly id: string
  readonly split: string
  /** Task type from the path's task directory (`pick_heat_then_place_in_recep`); undefined if the path does not tell. */
  readonly category: string | undefined
  /** Path of the file; within an archive: `<archive>:<entry>`. */
  readonly source: string
  /** Reads the file. Throws LeapError `GAME_FILE_UNREADABLE` or as `readGameFile` does. */
  read(): GameFile
}

/** A game file that is not used, and why. */
export interface LeftOut {
  readonly source: string
  readonly reason: string
}

/** What was found in a folder, an archive or a file. */
export interface GameLibrary {
  /** Sorted by id. */
  readonly entries: readonly GameEntry[]
  readonly leftOut: readonly LeftOut[]
}

/** ALFRED's task types, as ALFWorld numbers them. */
export const taskTypes = [
  'pick_and_place_simple',
  'look_at_obj_in_light',
  'pick_clean_then_place_in_recep',
  'pick_heat_then_place_in_recep',
  'pick_cool_then_place_in_recep',
  'pick_two_obj_and_place',
] as const

const knownSplit = /^(train|valid_seen|valid_unseen|valid_train|tests?_seen|tests?_unseen|test)$/

/** Splits the path of a game file into what the game is called. Components are separated by `/`. */
export function describePath(path: string): { id: string; split: string; category: string | undefined } {
  const parts = path.split('/').filter((part) => part !== '' && part !== '.')
  const folders = /\.tw-pddl$/.test(parts.at(-1) ?? '') ? parts.slice(0, -1) : parts
  const known = folders.findLastIndex((part) => knownSplit.test(part))
  // Without a known name the layout tells: <split>/<task>/<trial>.
  const at = known >= 0 ? known : Math.max(0, folders.length - 3)
  const split = folders[at] ?? 'games'
  const rest = folders.slice(at + 1)
  const id = [split, ...rest].join('/')
  const category = taskTypes.find((type) => rest.some((part) => part.startsWith(`${type}-`)))
  return { id, split, category }
}

/**
 * Why AlfredTWEnv would not serve a game: it leaves out tasks with movable receptacles or slicing, and games without a true
 * `solvable`. Undefined: it would.
 */
export function whyLeftOut(id: string, solvable: boolean | undefined): string | undefined {
  if (id.includes('movable')) return 'needs a movable receptacle'
  if (id.includes('Sliced')) return 'needs a sliced object'
  if (solvable === undefined) return 'does not say whether it is solvable'
  if (!solvable) return 'is marked unsolvable'
  return undefined
}

/** The `solvable` of a game file, read from its text without parsing all of it (quotes inside JSON texts are escaped). */
export function solvableIn(text: string): boolean | undefined {
  const match = /(?<!\\)"solvable"\s*:\s*(true|false)/.exec(text)
  return match === null ? undefined : match[1] === 'true'
}

/** Sorts entries by id and leaves out all but the first of each id. */
export function makeLibrary(found: readonly GameEntry[], leftOut: readonly LeftOut[]): GameLibrary {
  const sorted = found.toSorted((left, right) => compare(left.id, right.id) || compare(left.source, right.source))
  const entries: GameEntry[] = []
  const dropped = [...leftOut]
  for (const entry of sorted) {
    const previous = entries.at(-1)
    if (previous?.id === entry.id) dropped.push({ source: entry.source, reason: `has the id of ${previous.source}` })
    else entries.push(entry)
  }
  return { entries, leftOut: dropped }
}

const compare = (left: string, right: string) => (left < right ? -1 : left > right ? 1 : 0)
