import type { Environment, Episode, Observation } from '../../../contracts/environment.ts'
import type { Task } from '../../../contracts/task.ts'
import { hashText } from '../../../support/hash.ts'
import { findBooked, tasksOfSplit } from '../tasks/look-up.ts'
import { describeSqlPrivilege, tablesOf } from './privileged-state.ts'
import type { BookedSqlTask, SqlBook } from './sql-book.ts'
import type { SqlHost } from './sql-host.ts'
import { type SqlAnswer, type SqlLimits, SqlSession } from './sql-session.ts'

export interface IntercodeSqlOptions {
  book: SqlBook
  /** Where queries run. Closed with the environment. */
  host: SqlHost
  /** Default `intercode-sql`. */
  name?: string
  /** `reward`: scored and shown after every action, as InterCode's "try again". Default `none`: at `submit`, as LEAP. */
  feedback?: 'none' | 'reward'
  limits?: Partial<SqlLimits>
}

/**
 * InterCode SQL as an environment: questions about a database, answered by queries and `submit`. Observations are Python's way to write rows; the reward
 * compares the last result with that of the gold query, rows and order. The first observation is the question (the original hands out None there).
 *
 * @throws LeapError `SPLIT_UNKNOWN` and `TASK_UNKNOWN` from its methods, and what the server throws
 */
export function createIntercodeSql(options: IntercodeSqlOptions): Environment {
  const { book, host, name = 'intercode-sql' } = options
  const bookedOf = (task: Task) => findBooked(name, book, task)
  return {
    name,
    splits: book.splits,
    tasks: async (split) => tasksOfSplit(name, book, split, ({ hardness }) => hardness),
    async contentHash(task) {
      const { query, gold, database } = bookedOf(task)
      return hashText([query, gold, database, book.databases.get(database)!])
    },
    async solution(task) {
      const { gold } = bookedOf(task)
      return ['SHOW TABLES', ...tablesOf(gold).map((table) => `DESCRIBE ${table}`), gold, 'submit']
    },
    open: async (task) => openSqlEpisode(task, bookedOf(task), options),
    close: () => host.close(),
  }
}

function openSqlEpisode(
  task: Task,
  booked: BookedSqlTask,
  { host, feedback = 'none', limits }: IntercodeSqlOptions,
): Episode {
  const session = new SqlSession(host, booked.database, limits)
  let last = booked.query
  let expected: SqlAnswer | undefined
  const observe = ({ text, executed, flags }: SqlAnswer): Observation => {
    last = text
    return { text, score: 0, done: false, info: { executed, ...(flags.length > 0 ? { flags } : {}) } }
  }
  return {
    task,
    instruction: booked.query,
    async reset() {
      await session.reset()
      last = booked.query
      return { text: last, score: 0, done: false }
    },
    async step(action) {
      if (action === 'skip') return { text: 'skipped', score: 0, done: false }
      if (action.startsWith('submit')) {
        const { reward } = await session.score(booked.gold)
        // Rewards can be negative: rows in the wrong order. An episode's score is not.
        return { text: last, score: Math.max(0, reward), done: true, info: { reward } }
      }
      const seen = observe(await session.step(action))
      if (feedback === 'none') return seen
      const { reward } = await session.score(booked.gold)
      return { ...seen, text: `${seen.text}\nReward: ${reward}`, score: Math.max(0, reward), done: reward === 1 }
    },
    async privilegedState() {
      const { reward, gold } = await session.score(booked.gold)
      expected ??= gold
      return describeSqlPrivilege(booked, expected, reward === 1)
    },
    close: () => session.close(),
  }
}
