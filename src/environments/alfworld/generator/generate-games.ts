import { join } from 'node:path'
import { LeapError } from '../../../contracts/error.ts'
import { writeFileAtomic } from '../../../support/atomic-file.ts'
import {
  type GeneratedGame,
  type GeneratedSplit,
  type GeneratorOptions,
  generatedSplits,
  HouseholdGenerator,
} from './generator.ts'

/** Which games of a split to draw. */
export interface GameRange {
  split: GeneratedSplit
  /** How many. */
  count: number
  /** Index of the first one. Default 0. */
  first?: number
}

/** Draws games one after the other; nothing is kept. Throws as {@link HouseholdGenerator} does, and `SPLIT_UNKNOWN`. */
export function* generateGames({
  split,
  count,
  first = 0,
  ...options
}: GeneratorOptions & GameRange): Generator<GeneratedGame> {
  checkSplit(split)
  const generator = new HouseholdGenerator(options)
  for (let index = first; index < first + count; index++) yield generator.game(split, index)
}

export interface WriteGamesOptions extends GeneratorOptions {
  /** Games per split. */
  counts: Partial<Record<GeneratedSplit, number>>
  onProgress?: (written: number, total: number) => void
}

/**
 * Writes games as `<folder>/<split>/<task>/<index>/game.tw-pddl`, the layout of ALFWorld's own data, and `generator.json` with the options that made them.
 * Files already there are replaced. Returns how many games were written.
 */
export async function writeGames(
  folder: string,
  { counts, onProgress, ...options }: WriteGamesOptions,
): Promise<number> {
  const ranges = Object.entries(counts) as [GeneratedSplit, number][]
  for (const [split] of ranges) checkSplit(split)
  const total = ranges.reduce((sum, [, count]) => sum + count, 0)
  const generator = new HouseholdGenerator(options)
  let written = 0
  for (const [split, count] of ranges) {
    for (let start = 0; start < count; start += batch) {
      const indices = Array.from({ length: Math.min(batch, count - start) }, (_, i) => start + i)
      await Promise.all(
        indices.map((index) => {
          const { id, text } = generator.game(split, index)
          return writeFileAtomic(join(folder, ...id.split('/'), 'game.tw-pddl'), text)
        }),
      )
      written += indices.length
      onProgress?.(written, total)
    }
  }
  await writeFileAtomic(join(folder, 'generator.json'), `${JSON.stringify({ ...options, counts }, undefined, 2)}\n`)
  return written
}

const batch = 32

function checkSplit(split: string): void {
  if ((generatedSplits as readonly string[]).includes(split)) return
  throw new LeapError({
    code: 'SPLIT_UNKNOWN',
    message: `generated games have no split "${split}" (available: ${generatedSplits.join(', ')})`,
  })
}
