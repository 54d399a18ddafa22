import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { DifferenceLog } from '../difference-log.ts'
import { createGame } from './game.ts'
import type { GameLibrary } from './games/game-entry.ts'
import { openGames } from './games/open-games.ts'
import { checkEpisode } from './verify/check-episode.ts'
import { checkWalkthrough } from './verify/check-walkthrough.ts'
import { GameFinder } from './verify/game-finder.ts'
import { readRecordedEpisode } from './verify/replay-format.ts'

const data = fileURLToPath(new URL('../../../../shared/data/alfworld/', import.meta.url))
const archive = `${data}games-train-valid_seen.tar.xz`
const isAbsent = !existsSync(archive)
if (isAbsent) console.warn(`skipped: the official games are not at ${data}`)

/** Plays every `stride`-th episode of a transcript. `leap verify alfworld` plays all of them. */
function replay(library: GameLibrary, name: string, stride: number) {
  const path = `${data}transcripts/${name}`
  const printed: string[] = []
  const log = new DifferenceLog((line) => printed.push(line), 5)
  const finder = new GameFinder(library)
  let steps = 0
  const lines = readFileSync(path, 'utf8').trim().split('\n')
  for (let i = 0; i < lines.length; i += stride) {
    const episode = readRecordedEpisode(lines[i]!, `${name}:${i + 1}`)
    const game = finder.find(episode.game, episode.isOldText, path)
    expect(game, episode.game).toBeDefined()
    steps += checkEpisode(episode, game!, `${name}:${i + 1}`, log)
  }
  return { steps, printed }
}

// Seconds on a free machine; the limit only ends what hangs.
const patience = 600_000

describe.skipIf(isAbsent)('the official games', { timeout: patience }, () => {
  let library: GameLibrary = { entries: [], leftOut: [] }
  beforeAll(async () => {
    library = await openGames(archive)
  }, patience)

  it('are all found', () => {
    expect(library.entries).toHaveLength(3693)
    expect(library.leftOut).toEqual([])
    expect(new Set(library.entries.map(({ split }) => split))).toEqual(new Set(['train', 'valid_seen']))
  })

  it('play as on the Python stack: observation, score, done and all admissible commands', () => {
    const { steps, printed } = replay(library, 'python_stack_replays.jsonl', 1)
    expect(printed).toEqual([])
    expect(steps).toBe(1446)
  })

  it('play as in published episodes of the old text', () => {
    const { steps, printed } = replay(library, 'knowagent_text-2.1.1.jsonl', 6)
    expect(printed).toEqual([])
    expect(steps).toBeGreaterThan(1000)
  })

  it('are won exactly at the last command of the stored walkthrough, with a goal of known form', () => {
    const printed: string[] = []
    const log = new DifferenceLog((line) => printed.push(line), 5)
    for (let i = 0; i < library.entries.length; i += 15) {
      const entry = library.entries[i]!
      const game = createGame(entry.read(), entry.source)
      expect(game.goal.kind, entry.id).not.toBe('other')
      checkWalkthrough(game, log)
    }
    expect(printed).toEqual([])
  })
})
