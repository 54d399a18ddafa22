import { BashSession } from '../bash/bash-session.ts'
import { outputScore } from '../bash/reward.ts'
import type { BookedTask, TaskBook } from '../bash/task-book.ts'
import type { SandboxProvider } from '../sandbox/contract.ts'
import { explainDifference } from './bash-cause.ts'
import { findTask } from './find-task.ts'
import { isExplained, type RecordedEvidence } from './recorded-evidence.ts'
import type { RecordedEpisode, RecordedLog, RecordedTurn } from './recorded-log.ts'
import { emptyTally, isSameReward, type Tally } from './tally.ts'

export interface VerifyBashOptions {
  log: RecordedLog
  /** Tasks of the log's file system, in the table's order. */
  tasks: readonly BookedTask[]
  book: TaskBook
  provider: SandboxProvider
  /** How many episodes at once. Default 1. */
  concurrency?: number
  signal?: AbortSignal
  onEpisode?: () => void
}

/** Plays the episodes of a Bash log again, each in a fresh file system, and compares every observation and reward. */
export async function verifyBash(options: VerifyBashOptions): Promise<Tally> {
  const tally = emptyTally()
  const waiting = [...options.log.episodes]
  const work = async () => {
    for (let episode = waiting.shift(); episode !== undefined; episode = waiting.shift()) {
      options.signal?.throwIfAborted()
      await playEpisode(episode, options, tally)
      options.onEpisode?.()
    }
  }
  await Promise.all(Array.from({ length: options.concurrency ?? 1 }, work))
  tally.differences.sort((a, b) => (a.where < b.where ? -1 : 1))
  return tally
}

async function playEpisode(episode: RecordedEpisode, options: VerifyBashOptions, tally: Tally): Promise<void> {
  const { book, provider, log, tasks } = options
  const task = findTask(tasks, episode, log)
  const session = new BashSession({
    provider,
    root: book.rootOf(task),
    query: episode.query,
    gold: task.gold,
    ...(task.shell ? { shell: task.shell } : {}),
  })
  tally.episodes++
  const { evidence } = episode
  const last = episode.turns.at(-1)
  if (evidence !== undefined && last !== undefined) {
    tally.evident++
    if (isExplained(evidence, last.reward)) tally.evidentEqual++
  }
  try {
    let seen = await session.reset()
    for (const [index, turn] of episode.turns.entries()) {
      if (!turn.isPlayed) {
        tally.skipped++
        continue
      }
      const where = `${task.id}, turn ${String(index).padStart(2, '0')}`
      if (!turn.action.startsWith('submit')) seen = (await session.step(turn.action)).text
      tally.turns++
      if (seen === turn.observation) tally.observationsEqual++
      if (turn.isScored) await compareReward(session, task, turn, { where, last: seen, evidence }, tally)
    }
  } finally {
    await session.close()
  }
}

async function compareReward(
  session: BashSession,
  { gold }: BookedTask,
  turn: RecordedTurn,
  { where, last, evidence }: { where: string; last: string; evidence: RecordedEvidence | undefined },
  tally: Tally,
): Promise<void> {
  const { reward, run } = await session.judge()
  tally.scored++
  const isEqual = isSameReward(reward.reward, turn.reward)
  if (isEqual) tally.rewardsEqual++
  if ((reward.reward === 1) === (turn.reward === 1)) tally.successesEqual++
  const goldOutput = evidence === undefined ? run.output : evidence.goldOutput
  const recomputed = 0.01 + reward.fileDifference + reward.fileChanges + outputScore(turn.observation, goldOutput)
  if (isSameReward(recomputed, turn.reward)) tally.recomputedEqual++
  if (isEqual) return
  const cause = explainDifference({
    ...{ action: turn.action, gold, recorded: turn.observation, found: last },
    ...(evidence === undefined ? {} : { goldOutputs: { recorded: evidence.goldOutput, found: run.output } }),
  })
  tally.causes.set(cause, (tally.causes.get(cause) ?? 0) + 1)
  tally.differences.push({ where, action: turn.action, cause, expected: turn.reward, found: reward.reward })
}
