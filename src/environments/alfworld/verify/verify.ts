import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { setImmediate } from 'node:timers/promises'
import { LeapError } from '../../../contracts/error.ts'
import { DifferenceLog } from '../../difference-log.ts'
import { createGame, type Game } from '../game.ts'
import type { GameEntry } from '../games/game-entry.ts'
import { openGames } from '../games/open-games.ts'
import { checkEpisode } from './check-episode.ts'
import { checkWalkthrough } from './check-walkthrough.ts'
import { GameFinder } from './game-finder.ts'
import { type RecordedEpisode, readRecordedEpisode } from './replay-format.ts'

/** What to verify. */
export interface VerifyOptions {
  /** A folder tree, an archive or a game file. */
  readonly games: string
  /** Transcripts, one episode a line. */
  readonly replays?: readonly string[]
  /** How many differences (and broken game files) are printed before they are only counted. Default 20. */
  readonly shown?: number
  /** Checked between games, so that a person can stop a long check. */
  readonly signal?: AbortSignal
}

/** What was found. */
export interface VerifyReport {
  /** Game files found. */
  games: number
  /** Games that could not be parsed; each is printed with its error. */
  broken: number
  /** Games marked unsolvable, which are not played. */
  unsolvable: number
  walkthroughs: number
  /** Walkthroughs that win at their last command, all commands admissible. */
  won: number
  /** Games without a stored walkthrough (text 2.1.1 has none). */
  withoutWalkthrough: number
  episodes: number
  /** Recorded steps compared. */
  steps: number
  /** Episodes whose game is not at hand. */
  missing: number
  /** Differences of all kinds; broken games count as one each. */
  differences: number
}

/**
 * Checks the engine against recorded truth: stored walkthroughs must win exactly at their last command, and transcripts of
 * other implementations must play again without a difference.
 *
 * @param print receives one line at a time: progress, the first differences, the counts
 * @returns counts; `differences` above 0 means that something is not as recorded
 * @throws LeapError as `openGames` does; `REPLAY_UNREADABLE`, `REPLAY_INVALID`, and `REPLAY_GAMES_MISSING` when not a single
 *   episode of a transcript could be played
 */
export async function verifyAlfworld(options: VerifyOptions, print: (line: string) => void): Promise<VerifyReport> {
  const library = await openGames(options.games, { all: true })
  const log = new DifferenceLog(print, options.shown ?? 20)
  const report: VerifyReport = {
    games: library.entries.length,
    broken: 0,
    unsolvable: 0,
    walkthroughs: 0,
    won: 0,
    withoutWalkthrough: 0,
    episodes: 0,
    steps: 0,
    missing: 0,
    differences: 0,
  }
  print(`${options.games}: ${report.games} games`)
  for (const [index, entry] of library.entries.entries()) {
    verifyGame(entry, report, log)
    if ((index + 1) % 500 === 0) print(`  ${index + 1} games played`)
    if ((index + 1) % 20 === 0) await breathe(options.signal)
  }
  print(
    `walkthroughs: ${report.won} of ${report.walkthroughs} win exactly at their last command` +
      ` (${report.withoutWalkthrough} games have none, ${report.unsolvable} are marked unsolvable, ${report.broken} can not be read)`,
  )
  const finder = new GameFinder(library)
  for (const path of options.replays ?? []) await verifyReplays(path, finder, report, log, print, options.signal)
  report.differences = log.count
  print(report.differences === 0 ? 'no differences' : `${report.differences} differences`)
  return report
}

/** Lets signals and timers of the process be heard: the checks themselves never wait. */
async function breathe(signal: AbortSignal | undefined): Promise<void> {
  await setImmediate()
  signal?.throwIfAborted()
}

function verifyGame(entry: GameEntry, report: VerifyReport, log: DifferenceLog): void {
  try {
    const file = entry.read()
    if (file.solvable === false) {
      report.unsolvable++
      return
    }
    const game = createGame(file, entry.source)
    if (game.walkthrough === undefined) {
      report.withoutWalkthrough++
      // Nothing to compare with; still, the game must start.
      game.start().reset()
      return
    }
    report.walkthroughs++
    if (checkWalkthrough(game, log)) report.won++
  } catch (error) {
    if (!LeapError.is(error)) throw error
    report.broken++
    log.add({
      where: entry.source,
      what: 'the file',
      expected: 'a readable game',
      found: `${error.code}: ${error.message}`,
    })
  }
}

function findGame(
  finder: GameFinder,
  episode: RecordedEpisode,
  path: string,
  where: string,
  report: VerifyReport,
  log: DifferenceLog,
): Game | 'broken' | undefined {
  try {
    return finder.find(episode.game, episode.isOldText, path)
  } catch (error) {
    if (!LeapError.is(error)) throw error
    report.broken++
    log.add({
      where,
      what: `the game ${episode.game}`,
      expected: 'a readable game',
      found: `${error.code}: ${error.message}`,
    })
    return 'broken'
  }
}

async function verifyReplays(
  path: string,
  finder: GameFinder,
  report: VerifyReport,
  log: DifferenceLog,
  print: (line: string) => void,
  signal: AbortSignal | undefined,
): Promise<void> {
  const before = { ...report, differences: log.count }
  const missing = new Set<string>()
  let number = 0
  const lines = createInterface({ input: createReadStream(path, 'utf8'), crlfDelay: Number.POSITIVE_INFINITY })
  try {
    for await (const line of lines) {
      number++
      if (line.trim() === '') continue
      const where = `${path}:${number}`
      const episode = readRecordedEpisode(line, where)
      const game = findGame(finder, episode, path, where, report, log)
      if (game === 'broken') continue
      if (game === undefined) {
        missing.add(episode.game)
        report.missing++
        continue
      }
      report.episodes++
      report.steps += checkEpisode(episode, game, `${where} (${episode.game})`, log)
      if (report.episodes % 20 === 0) await breathe(signal)
    }
  } catch (error) {
    if (LeapError.is(error) || signal?.aborted) throw error
    throw new LeapError({
      code: 'REPLAY_UNREADABLE',
      message: `${path}: expected a readable transcript, found ${(error as Error).message}`,
      cause: error,
    })
  }
  const episodes = report.episodes - before.episodes
  const lost = report.missing - before.missing
  print(
    `${path}: ${episodes} episodes, ${report.steps - before.steps} steps, ${log.count - before.differences} differences` +
      (lost === 0 ? '' : `; ${lost} episodes not played, their games are not at hand (first: ${[...missing][0]})`),
  )
  if (episodes > 0 || report.broken > before.broken) return
  throw new LeapError({
    code: 'REPLAY_GAMES_MISSING',
    message: `${path}: expected episodes of the games at hand, found ${lost === 0 ? 'no episode at all' : `${lost} of other games (first: ${[...missing][0]})`}`,
    remedy: 'Give --games the folder or archive on which the transcript was recorded.',
  })
}
