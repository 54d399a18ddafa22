import { overlapOfRows, scoreSql } from '../sql/reward.ts'
import type { SqlHost } from '../sql/sql-host.ts'
import { SqlSession } from '../sql/sql-session.ts'
import type { SqlTask } from '../tasks/sql-tasks.ts'
import { findTask } from './find-task.ts'
import { readPythonRows } from './read-python-rows.ts'
import type { RecordedLog, RecordedTurn } from './recorded-log.ts'
import { emptyTally, isSameReward, type Tally } from './tally.ts'

export interface VerifySqlOptions {
  log: RecordedLog
  tasks: readonly SqlTask[]
  host: SqlHost
  signal?: AbortSignal
  onEpisode?: () => void
}

/** Plays the episodes of an SQL log again and compares every observation and reward. */
export async function verifySql({ log, tasks, host, signal, onEpisode }: VerifySqlOptions): Promise<Tally> {
  const tally = emptyTally()
  // Only the version that looks at the order of rows gives rewards below zero.
  const isScaled = log.episodes.some(({ turns }) => turns.some(({ reward }) => reward < 0))
  for (const episode of log.episodes) {
    signal?.throwIfAborted()
    const task = findTask(tasks, episode, log)
    const session = new SqlSession(host, task.database)
    tally.episodes++
    try {
      await session.reset()
      for (const [index, turn] of episode.turns.entries()) {
        if (!turn.isPlayed) {
          tally.skipped++
          continue
        }
        await playTurn(session, task, turn, `${task.id}, turn ${index}`, tally, isScaled)
      }
    } finally {
      await session.close()
    }
    onEpisode?.()
  }
  return tally
}

async function playTurn(
  session: SqlSession,
  task: SqlTask,
  turn: RecordedTurn,
  where: string,
  tally: Tally,
  isScaled: boolean,
) {
  const isSubmit = turn.action.startsWith('submit')
  const answer = isSubmit ? undefined : await session.step(turn.action)
  tally.turns++
  if (answer === undefined || answer.text === turn.observation) tally.observationsEqual++
  if (!turn.isScored) return
  const { reward, gold } = await session.score(task.gold)
  tally.scored++
  const goldRows = gold.rows ?? []
  const recorded = readPythonRows(turn.observation)
  const isEqual = isSameReward(reward, turn.reward)
  if (isEqual) tally.rewardsEqual++
  if ((reward === 1) === (turn.reward === 1)) tally.successesEqual++
  // An early version of InterCode left the order out of the reward.
  const isUnscaled = !isScaled && recorded !== undefined && isSameReward(overlapOfRows(recorded, goldRows), turn.reward)
  if (isSameReward(scoreSql(recorded, goldRows), turn.reward) || isUnscaled) tally.recomputedEqual++
  if (isEqual) return
  const cause = isUnscaled
    ? 'recorded by a version that does not look at the order'
    : answer?.text === turn.observation
      ? 'the gold query gives other rows, or another order, on this server'
      : answer?.rows !== undefined && recorded !== undefined && isSameSet(answer.rows, recorded)
        ? 'rows without ORDER BY come in another order on this server'
        : 'the query gives other rows on this server'
  tally.causes.set(cause, (tally.causes.get(cause) ?? 0) + 1)
  tally.differences.push({ where, action: turn.action, cause, expected: turn.reward, found: reward })
}

const isSameSet = (a: readonly string[], b: readonly string[]) => [...a].sort().join('\n') === [...b].sort().join('\n')
