import { BashSession } from '../bash/bash-session.ts'
import { outputScore } from '../bash/reward.ts'
import { type GoldRun, runGold } from '../bash/run-gold.ts'
import type { BookedTask, TaskBook } from '../bash/task-book.ts'
import type { RootDescription, SandboxProvider } from '../sandbox/contract.ts'
import { asksNetwork, explainDifference } from './bash-cause.ts'
import { findTask } from './find-task.ts'
import { createLivingProvider } from './living-provider.ts'
import { isExplained, type RecordedEvidence } from './recorded-evidence.ts'
import type { RecordedEpisode, RecordedLog, RecordedTurn } from './recorded-log.ts'
import { isSameObservation, isWhole } from './same-observation.ts'
import { countDifference, countReward, emptyTally, isSameReward, type Tally } from './tally.ts'

export interface VerifyBashOptions {
  log: RecordedLog
  /** Tasks of the log's file system, in the table's order. */
  tasks: readonly BookedTask[]
  book: TaskBook
  provider: SandboxProvider
  /**
   * `fresh`: every episode in a file system of its own, as Leap plays. `living`: one after the other in two containers that live on, as they were recorded,
   * brought back by git alone; needs git in the root file system. Default `fresh`.
   */
  containers?: 'fresh' | 'living'
  /** File system of the log's tasks. Default: as the book has it. */
  root?: RootDescription
  /** How many episodes at once, in fresh file systems. Default 1. */
  concurrency?: number
  signal?: AbortSignal
  onEpisode?: () => void
}

/** Plays the episodes of a Bash log again, and compares every observation and reward. */
export async function verifyBash(options: VerifyBashOptions): Promise<Tally> {
  const { provider, containers = 'fresh', concurrency = 1 } = options
  const isLiving = containers === 'living'
  const places: Places = isLiving
    ? { agent: createLivingProvider(provider), gold: createLivingProvider(provider) }
    : { agent: provider, gold: provider }
  const tally = emptyTally()
  const waiting = [...options.log.episodes]
  const work = async () => {
    for (let episode = waiting.shift(); episode !== undefined; episode = waiting.shift()) {
      options.signal?.throwIfAborted()
      await playEpisode(episode, options, places, tally)
      options.onEpisode?.()
    }
  }
  try {
    await Promise.all(Array.from({ length: isLiving ? 1 : concurrency }, work))
  } finally {
    if (isLiving) await Promise.all([places.agent.close(), places.gold.close()])
  }
  tally.differences.sort((a, b) => (a.where < b.where ? -1 : 1))
  return tally
}

/** Where an agent's commands run, and where the gold commands do. */
interface Places {
  agent: SandboxProvider
  gold: SandboxProvider
}

async function playEpisode(
  episode: RecordedEpisode,
  { book, log, tasks, containers, signal, root: asRecorded }: VerifyBashOptions,
  { agent, gold }: Places,
  tally: Tally,
): Promise<void> {
  const task = findTask(tasks, episode, log)
  const root = asRecorded ?? book.rootOf(task)
  const session = new BashSession({
    ...{ provider: agent, root, query: episode.query || task.query, gold: task.gold },
    ...(task.shell ? { shell: task.shell } : {}),
    runGold: oncePerEpisode(() => runGold(gold, root, task.gold, task.shell)),
  })
  tally.episodes++
  const { evidence } = episode
  // Notes are kept of the last submit: a turn after it that was not played has a reward of the runner's own.
  const last = episode.turns.findLast(({ isPlayed, isScored }) => isPlayed && isScored)
  if (evidence !== undefined && last !== undefined) {
    tally.evident++
    if (isExplained(evidence, last.reward)) tally.evidentEqual++
  }
  try {
    let seen = await session.reset()
    // The original runs the gold command at every submit; where nothing is left of it, once will do.
    const isFresh = containers === 'living'
    for (const [index, turn] of episode.turns.entries()) {
      signal?.throwIfAborted()
      if (!turn.isPlayed) {
        tally.skipped++
        continue
      }
      const where = `${task.id}, turn ${String(index).padStart(2, '0')}`
      if (!turn.action.startsWith('submit')) seen = (await session.step(turn.action)).text
      tally.turns++
      tally.observed++
      if (isSameObservation(turn, seen)) tally.observationsEqual++
      if (turn.isScored) await compareReward(session, task, turn, { where, last: seen, evidence, isFresh }, tally)
    }
  } finally {
    await session.close()
  }
}

/** A gold command that takes longer, milliseconds, is run once per episode: one that reads all of `/proc` takes a minute, and would be run ten times. */
const longRun = 5000

function oncePerEpisode(run: () => Promise<GoldRun>): () => Promise<GoldRun> {
  let long: GoldRun | undefined
  return async () => {
    if (long !== undefined) return long
    const start = performance.now()
    const result = await run()
    if (performance.now() - start > longRun) long = result
    return result
  }
}

interface Seen {
  where: string
  /** What the agent saw last. */
  last: string
  evidence: RecordedEvidence | undefined
  isFresh: boolean
}

async function compareReward(
  session: BashSession,
  { gold }: BookedTask,
  turn: RecordedTurn,
  { where, last, evidence, isFresh }: Seen,
  tally: Tally,
): Promise<void> {
  const { reward, run } = await session.judge({ isFresh })
  const base = 0.01 + reward.fileDifference + reward.fileChanges
  let found = reward.reward
  if (!isSameReward(found, turn.reward) && hasLostStart(evidence, run.output)) {
    const scored = base + outputScore(last, evidence!.goldOutput)
    if (isSameReward(scored, turn.reward)) {
      found = scored
      tally.lostStarts++
    }
  }
  const isEqual = countReward(tally, turn.reward, found, asksNetwork(gold))
  if (isWhole(turn)) {
    const goldOutput = evidence === undefined ? run.output : evidence.goldOutput
    const recomputed = base + outputScore(turn.observation, goldOutput)
    tally.recomputed++
    if (isSameReward(recomputed, turn.reward)) tally.recomputedEqual++
  }
  if (isEqual) return
  const cause = explainDifference({
    ...{ action: turn.action, gold, recorded: turn.observation, found: last },
    ...(evidence === undefined ? {} : { goldOutputs: { recorded: evidence.goldOutput, found: run.output } }),
  })
  countDifference(tally, { where, action: turn.action, cause, expected: turn.reward, found: reward.reward })
}

/**
 * True where the log shows that the start of the gold command's output was lost when it was recorded: what it holds is the end of what the command prints.
 * Then the recorded reward was made from that end.
 */
const hasLostStart = (evidence: RecordedEvidence | undefined, output: string | null) =>
  evidence?.goldOutput != null &&
  output !== null &&
  evidence.goldOutput.length < output.length &&
  evidence.goldOutput !== '' &&
  output.endsWith(evidence.goldOutput)
