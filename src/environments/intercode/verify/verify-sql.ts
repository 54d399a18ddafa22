import { overlapOfRows, scoreSql } from '../sql/reward.ts'
import type { SqlHost } from '../sql/sql-host.ts'
import { type SqlAnswer, SqlSession } from '../sql/sql-session.ts'
import type { SqlTask } from '../tasks/sql-tasks.ts'
import { findTask } from './find-task.ts'
import { readPythonRows } from './read-python-rows.ts'
import type { RecordedLog, RecordedTurn } from './recorded-log.ts'
import { isSameObservation, isWhole } from './same-observation.ts'
import { countDifference, countReward, emptyTally, isSameReward, type Tally } from './tally.ts'

export interface VerifySqlOptions {
  log: RecordedLog
  tasks: readonly SqlTask[]
  host: SqlHost
  signal?: AbortSignal
  onEpisode?: () => void
}

/** The two versions of InterCode's reward: today's looks at the order of rows. */
interface Versions {
  ordered: Tally
  unordered: Tally
}

/**
 * Plays the episodes of an SQL log again and compares every observation and reward. A log does not tell which version of InterCode scored it: an early one left
 * the order of rows out. It is compared with the version that gives more of its rewards, and the tally says which.
 */
export async function verifySql({ log, tasks, host, signal, onEpisode }: VerifySqlOptions): Promise<Tally> {
  const versions: Versions = { ordered: emptyTally(), unordered: emptyTally() }
  for (const episode of log.episodes) {
    signal?.throwIfAborted()
    const task = findTask(tasks, episode, log)
    const session = new SqlSession(host, task.database)
    for (const tally of Object.values(versions)) tally.episodes++
    try {
      await session.reset()
      let last: SqlAnswer | undefined
      for (const [index, turn] of episode.turns.entries()) {
        if (!turn.isPlayed) {
          for (const tally of Object.values(versions)) tally.skipped++
          continue
        }
        if (!turn.action.startsWith('submit')) last = await session.step(turn.action)
        countObservation(versions, turn, last)
        if (turn.isScored) await compareReward(versions, session, task, turn, last, `${task.id}, turn ${index}`)
      }
    } finally {
      await session.close()
    }
    onEpisode?.()
  }
  const { ordered, unordered } = versions
  if (ordered.rewardsEqual >= unordered.rewardsEqual) return ordered
  unordered.notes.push('scored as by the version of InterCode that recorded it, which left the order of rows out')
  return unordered
}

function countObservation(versions: Versions, turn: RecordedTurn, last: SqlAnswer | undefined): void {
  const isEqual = last !== undefined && isSameObservation(turn, last.text, last.rows !== undefined)
  for (const tally of Object.values(versions)) {
    tally.turns++
    if (last === undefined) continue
    tally.observed++
    if (isEqual) tally.observationsEqual++
  }
}

async function compareReward(
  versions: Versions,
  session: SqlSession,
  task: SqlTask,
  turn: RecordedTurn,
  last: SqlAnswer | undefined,
  where: string,
): Promise<void> {
  const { reward, gold } = await session.score(task.gold)
  const goldRows = gold.rows ?? []
  const recorded = readPythonRows(turn.observation)
  const found = { ordered: reward, unordered: last?.rows === undefined ? 0 : overlapOfRows(last.rows, goldRows) }
  const again = {
    ordered: scoreSql(recorded, goldRows),
    unordered: recorded === undefined ? 0 : overlapOfRows(recorded, goldRows),
  }
  for (const version of ['ordered', 'unordered'] as const) {
    const tally = versions[version]
    const isEqual = countReward(tally, turn.reward, found[version])
    if (isWhole(turn)) {
      tally.recomputed++
      if (isSameReward(again[version], turn.reward)) tally.recomputedEqual++
    }
    if (isEqual) continue
    const cause = causeOf(turn, last, recorded)
    countDifference(tally, { where, action: turn.action, cause, expected: turn.reward, found: found[version] })
  }
}

function causeOf(turn: RecordedTurn, last: SqlAnswer | undefined, recorded: readonly string[] | undefined): string {
  if (last?.text === turn.observation) return 'the gold query gives other rows, or another order, on this server'
  if (last?.rows !== undefined && recorded !== undefined && isSameSet(last.rows, recorded))
    return 'rows without ORDER BY come in another order on this server'
  if (last?.flags.includes('refused')) return 'refused here'
  return 'the query gives other rows on this server'
}

const isSameSet = (a: readonly string[], b: readonly string[]) => [...a].sort().join('\n') === [...b].sort().join('\n')
