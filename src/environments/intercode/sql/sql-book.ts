import { LeapError } from '../../../contracts/error.ts'
import type { Book } from '../tasks/look-up.ts'
import { readOfficialFile } from '../tasks/official-files.ts'
import { readSqlTasks, type SqlTask } from '../tasks/sql-tasks.ts'
import { type DatabaseDumps, splitDump } from './dump.ts'

export interface BookedSqlTask extends SqlTask {
  split: string
  /** Why the gold query, without quoting it. */
  reason?: string
}

/** The tasks of an InterCode SQL environment, with their databases. */
export interface SqlBook extends Book<BookedSqlTask> {
  readonly databases: DatabaseDumps
  tasks(split: string): BookedSqlTask[]
}

/** Makes a book of tasks that know their splits. */
export function sqlBook(source: string, databases: DatabaseDumps, tasks: readonly BookedSqlTask[]): SqlBook {
  const byId = new Map(tasks.map((task) => [task.id, task]))
  return {
    source,
    databases,
    splits: [...new Set(tasks.map(({ split }) => split))],
    tasks: (split) => tasks.filter((task) => task.split === split),
    find: (id) => byId.get(id),
  }
}

/** One question in seven of those that train is kept for choosing the best student. */
const heldOutEvery = 7

/**
 * Spider's 1,034 development questions: the first 70 % train (LEAP's released code; one in seven of them is `valid_seen`), the rest is `test`.
 * Throws as `findOfficialFile` and `readTable`, and a LeapError `SQL_DATABASE_UNKNOWN` where the dump lacks a database.
 */
export async function officialSqlBook(folder: string): Promise<SqlBook> {
  const { text, path } = await readOfficialFile(folder, 'ic_spider_dbs.sql')
  const databases = splitDump(text, path)
  const tasks = await readSqlTasks(folder)
  const missing = tasks.find(({ database }) => !databases.has(database))
  if (missing !== undefined)
    throw new LeapError({
      code: 'SQL_DATABASE_UNKNOWN',
      message: `${path}: expected the database ${missing.database} of ${missing.id}, found ${[...databases.keys()].join(', ')}.`,
      remedy: 'Give the dump that belongs to the questions.',
    })
  const trained = Math.trunc(0.7 * tasks.length)
  const splitOf = (row: number) =>
    row >= trained ? 'test' : row % heldOutEvery === heldOutEvery - 1 ? 'valid_seen' : 'train'
  return sqlBook(
    folder,
    databases,
    tasks.map((task) => ({ ...task, split: splitOf(task.row) })),
  )
}
