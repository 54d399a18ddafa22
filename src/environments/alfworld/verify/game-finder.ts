import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { createGame, type Game } from '../game.ts'
import { describePath, type GameEntry, type GameLibrary } from '../games/game-entry.ts'
import { openFile } from '../games/open-folder.ts'
import { hasOldText, withTextVersion } from '../games/text-version.ts'

/**
 * Finds the game that a transcript was played on: by the recorded path among the games at hand, else by its id, else as a file
 * beside the transcript or one folder up. A game of newer text is given the old wording if the transcript has it.
 */
export class GameFinder {
  readonly #entries: readonly GameEntry[]
  readonly #byId = new Map<string, GameEntry[]>()
  #last: { key: string; game: Game } | undefined

  constructor(library: GameLibrary) {
    this.#entries = library.entries
    for (const entry of this.#entries) {
      const known = this.#byId.get(entry.id)
      if (known === undefined) this.#byId.set(entry.id, [entry])
      else known.push(entry)
    }
  }

  /** Undefined if there is no such game. Throws what a bad game file throws. */
  find(recorded: string, isOldText: boolean, transcript: string): Game | undefined {
    const path = recorded.endsWith('.tw-pddl') ? recorded : `${recorded}/game.tw-pddl`
    const key = `${path} ${isOldText}`
    // Transcripts often hold several episodes of one game in a row.
    if (this.#last?.key === key) return this.#last.game
    const entry = this.#entryOf(path, transcript)
    if (entry === undefined) return undefined
    const file = entry.read()
    const version = isOldText && !hasOldText(file) ? '2.1.1' : 'as-is'
    const game = createGame(withTextVersion(file, version, entry.source), entry.source)
    this.#last = { key, game }
    return game
  }

  #entryOf(path: string, transcript: string): GameEntry | undefined {
    const candidates = this.#byId.get(describePath(path).id) ?? []
    const exact = candidates.find((entry) => entry.source.replaceAll('\\', '/').endsWith(path))
    if (exact !== undefined) return exact
    for (const folder of ['.', '..']) {
      const beside = resolve(join(dirname(transcript), folder, path))
      if (existsSync(beside)) return openFile(beside).entries[0]
    }
    return candidates[0]
  }
}
