import { readGameFile } from '../game-file.ts'
import { generateGames } from '../generator/generate-games.ts'
import type { GeneratedSplit, GeneratorOptions } from '../generator/generator.ts'
import { type GameEntry, type GameLibrary, makeLibrary } from './game-entry.ts'

/** Games that are drawn rather than read: which generator, and how many per split. */
export interface GeneratedGames extends GeneratorOptions {
  readonly counts: Partial<Record<GeneratedSplit, number>>
}

/** Draws the games of all splits. Their texts are written when read. Throws as the generator does. */
export function drawGames({ counts, ...options }: GeneratedGames): GameLibrary {
  const entries: GameEntry[] = []
  for (const [split, count] of Object.entries(counts) as [GeneratedSplit, number][]) {
    for (const game of generateGames({ ...options, split, count })) {
      const source = `generated:${game.id}`
      entries.push({ id: game.id, split, category: game.type, source, read: () => readGameFile(game.text, source) })
    }
  }
  return makeLibrary(entries, [])
}
