import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { createGame, type Game } from '../src/environments/alfworld/game.ts'
import { readGameFile } from '../src/environments/alfworld/game-file.ts'
import type { GameEntry } from '../src/environments/alfworld/games/game-entry.ts'
import { drawGames } from '../src/environments/alfworld/games/generated-games.ts'
import { openGames } from '../src/environments/alfworld/games/open-games.ts'
import { createRandom } from '../src/support/random.ts'

const official = fileURLToPath(new URL('../../shared/data/alfworld/games-train-valid_seen.tar.xz', import.meta.url))
const gameCount = 120
const longWalk = 2000
const shortWalk = 50

/** Prints how fast household games load and play; on the official games where they are at hand, else on generated ones. */
export async function run(print: (line: string) => void): Promise<void> {
  const clock = stopwatch()
  const isOfficial = existsSync(official)
  const library = isOfficial ? await openGames(official) : drawGames({ seed: 1, counts: { train: gameCount } })
  const opened = clock()
  print(
    `alfworld: ${library.entries.length} ${isOfficial ? 'official' : 'generated'} games found in ${(opened.wall / 1000).toFixed(1)} s,` +
      ` ${Math.round(process.memoryUsage().rss / 2 ** 20)} MB resident`,
  )
  const stride = Math.max(1, Math.floor(library.entries.length / gameCount))
  const entries = library.entries.filter((_, i) => i % stride === 0).slice(0, gameCount)
  const texts = entries.map(textOf)
  const load = (i: number) => createGame(readGameFile(texts[i]!, entries[i]!.source), entries[i]!.source)

  const loads = measure(3, () => {
    for (let i = 0; i < texts.length; i++) load(i).start().reset()
    return texts.length
  })
  print(`  load and reset: ${perUnit(loads)} ms a game (from JSON text; Python ALFWorld: 1,077 ms)`)

  const fresh = measure(2, () => {
    for (let i = 0; i < texts.length; i++) walk(load(i), shortWalk, i)
    return texts.length * shortWalk
  })
  print(
    `  each game loaded and played once, ${shortWalk} random commands: ${perSecond(fresh)} steps/s, loading included`,
  )

  const games = texts.map((_, i) => load(i))
  const long = measure(3, () => {
    games.forEach((game, i) => {
      walk(game, longWalk, i)
    })
    return games.length * longWalk
  })
  print(`  random walk, full admissible list at every step: ${perSecond(long)} steps/s per core (Python ALFWorld: 20)`)
}

/** The JSON of a game file, as it would be read from disk. */
function textOf(entry: GameEntry): string {
  const { domain, grammar, problem, ...rest } = entry.read()
  return JSON.stringify({ pddl_domain: domain, grammar, pddl_problem: problem, ...rest })
}

function walk(game: Game, steps: number, seed: number): void {
  const random = createRandom(seed)
  const session = game.start()
  let result = session.reset()
  for (let i = 0; i < steps; i++) result = session.step(random.choice(result.candidates))
}

interface Lap {
  /** Milliseconds. */
  readonly wall: number
  /** Milliseconds of processor time, of all threads: what counts on a machine that others use too. */
  readonly processor: number
}

interface Measurement extends Lap {
  readonly count: number
}

function stopwatch(): () => Lap {
  const wall = performance.now()
  const usage = process.cpuUsage()
  return () => {
    const { user, system } = process.cpuUsage(usage)
    return { wall: performance.now() - wall, processor: (user + system) / 1000 }
  }
}

/** The best of several rounds by processor time; the first ones also warm the compiler up. */
function measure(rounds: number, work: () => number): Measurement {
  let best: Measurement | undefined
  for (let round = 0; round < rounds; round++) {
    const clock = stopwatch()
    const count = work()
    const lap = { ...clock(), count }
    if (best === undefined || lap.processor < best.processor) best = lap
  }
  return best!
}

const perUnit = ({ wall, processor, count }: Measurement) =>
  `${(processor / count).toFixed(2)} (wall clock ${(wall / count).toFixed(2)})`
const perSecond = ({ wall, processor, count }: Measurement) =>
  `${Math.round((count / processor) * 1000).toLocaleString('en')} (wall clock ${Math.round((count / wall) * 1000).toLocaleString('en')})`
