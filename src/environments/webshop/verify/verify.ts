import { setImmediate } from 'node:timers/promises'
import { z } from 'zod'
import { LeapError } from '../../../contracts/error.ts'
import type { Goal } from '../goal.ts'
import { findDataFiles } from '../loading/find-data.ts'
import { loadShopData } from '../loading/load-shop-data.ts'
import { readAttributes } from '../loading/read-annotations.ts'
import { readDataFile } from '../loading/read-data-file.ts'
import { type NounExtractor, wordNouns } from '../reward/nouns.ts'
import { openShop, type Shop } from '../shop.ts'
import { checkConversation, conversationSchema } from './check-conversations.ts'
import { CheckLog } from './check-log.ts'
import { checkPages } from './check-pages.ts'
import { checkRatios } from './check-ratios.ts'
import { checkRewards } from './check-rewards.ts'
import { checkSteps } from './check-steps.ts'
import { checkTrajectory, trajectorySchema } from './check-trajectory.ts'
import { compareTypes } from './check-types.ts'
import { fullType } from './full-type.ts'
import { humanGoalOf } from './human-goal.ts'
import { knownDifferences } from './known-differences.ts'
import { checkRow, parse, readRows, readText } from './read-rows.ts'

/** Kinds of recordings. */
export const recordingKinds = ['pages', 'episodes', 'steps', 'rewards', 'ratios', 'types'] as const
export type RecordingKind = (typeof recordingKinds)[number]

export interface VerifyWebshopOptions {
  /** Folder with WebShop's data files. */
  readonly data: string
  /** Recordings by kind. */
  readonly recordings: Readonly<Partial<Record<RecordingKind, readonly string[]>>>
  /** Of range-priced products and price bounds, as in the recordings of steps and rewards. Default 7. */
  readonly priceSeed?: number
  /** Whose agreement with recorded types is reported. Default: the list of words. */
  readonly nouns?: NounExtractor
  /** How many differences are printed before they are only counted. Default 20. */
  readonly shown?: number
  readonly signal?: AbortSignal
}

export interface VerifyWebshopReport {
  /** Recorded pages, observations, steps, rewards and ratios compared. */
  compared: number
  /** Differences that are on the list of known ones. */
  known: number
  /** Differences that are not. */
  differences: number
}

/**
 * Checks the engine against recordings of other implementations: search pages, replayed episodes, steps with all server state,
 * parts of rewards, token-set ratios.
 *
 * @param print receives one line at a time: counts, and the first differences
 * @throws LeapError `DATA_MISSING`, `DATA_UNREADABLE`, `DATA_TOO_LARGE`, `RECORDING_UNREADABLE`, `RECORDING_INVALID`, and what loading throws
 */
export async function verifyWebshop(
  { data, recordings, priceSeed = 7, nouns = wordNouns, shown = 20, signal }: VerifyWebshopOptions,
  print: (line: string) => void,
): Promise<VerifyWebshopReport> {
  const files = await findDataFiles(data)
  const attributes = readAttributes(await readDataFile(files.attributes, smallSet), files.attributes)
  const records = await readDataFile(files.products, smallSet)
  if (!Array.isArray(records)) throw noList(files.products)
  const loaded = loadShopData({ records, attributes, priceSeed, where: files.products })
  const shop = openShop(loaded)
  print(`${files.products}: ${loaded.catalogue.size} products, ${loaded.goals.length} synthetic goals`)
  const goalOf = await humanGoalOf(files.humanGoals)
  const log = new CheckLog(print, shown)
  const checks: Record<RecordingKind, (path: string) => Promise<number>> = {
    pages: (path) => checkPages(path, loaded.catalogue, log),
    episodes: (path) => checkEpisodes(path, shop, goalOf, log, signal),
    steps: (path) => checkSteps(path, openShop({ ...loaded, judgeType: fullType }), log),
    rewards: (path) => checkRewards(path, loaded.catalogue, loaded.goals, log),
    ratios: (path) => checkRatios(path, log),
    types: (path) => reportTypes(path, nouns, print),
  }
  const units = {
    pages: 'pages',
    episodes: 'observations',
    steps: 'steps',
    rewards: 'rewards',
    ratios: 'ratios',
    types: 'types',
  }
  const report: VerifyWebshopReport = { compared: 0, known: 0, differences: 0 }
  for (const kind of recordingKinds) {
    for (const path of recordings[kind] ?? []) {
      const before = log.differences
      const count = await checks[kind](path)
      const differences = kind === 'types' ? 'reported' : `compared, ${log.differences - before} differences`
      print(`${path}: ${count} ${units[kind]} ${differences}`)
      // Types are only reported, so that they alone must not look like a check that passed.
      if (kind !== 'types') report.compared += count
      await setImmediate()
      signal?.throwIfAborted()
    }
  }
  for (const [kind, count] of log.known) print(`known difference, ${count} times: ${knownDifferences[kind]}`)
  report.known = [...log.known.values()].reduce((sum, count) => sum + count, 0)
  report.differences = log.differences
  print(report.differences === 0 ? 'no unexplained differences' : `${report.differences} unexplained differences`)
  return report
}

const smallSet = 'Recordings are checked on the small set (items_shuffle_1000.json), on which they were made.'

function noList(path: string): LeapError {
  return new LeapError({
    code: 'DATA_UNREADABLE',
    message: `${path}: expected a list of products, found something else`,
  })
}

/** Types are reported: they depend on the tagger. */
async function reportTypes(path: string, nouns: NounExtractor, print: (line: string) => void): Promise<number> {
  const { rows, types, sameTypes, scores, meanError } = await compareTypes(path, nouns)
  print(
    `${path}: r_type as recorded with spaCy in ${sameTypes} of ${types} purchases, title score off by ${meanError.toFixed(3)} on average of ${scores}`,
  )
  return rows
}

/** Episodes as conversations (one a line, mode `text`) or as a file with `trajectories` of LEAP's wrapper (mode `text_rich`). */
async function checkEpisodes(
  path: string,
  shop: Shop,
  goalOf: (number: number) => Goal | undefined,
  log: CheckLog,
  signal: AbortSignal | undefined,
): Promise<number> {
  let compared = 0
  const pause = async () => {
    await setImmediate()
    signal?.throwIfAborted()
  }
  const text = await readText(path)
  if (isOneObject(text)) {
    const { trajectories } = checkRow(parse(text, path), z.object({ trajectories: z.array(trajectorySchema) }), path)
    for (const [index, trajectory] of trajectories.entries()) {
      compared += checkTrajectory(trajectory, shop, goalOf, `${path}, trajectory ${index}`, log)
      await pause()
    }
    return compared
  }
  for (const { row, where } of await readRows(path, conversationSchema)) {
    compared += checkConversation(row, shop, where, log)
    await pause()
  }
  return compared
}

/** A file of one JSON object over several lines, or in one line with `trajectories`. */
function isOneObject(text: string): boolean {
  const first = text.slice(0, text.indexOf('\n') + 1 || text.length).trim()
  return !first.endsWith('}') || /^\{[^[]*"trajectories"\s*:/.test(text)
}
