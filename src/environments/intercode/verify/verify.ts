import { LeapError } from '../../../contracts/error.ts'
import { officialTasks } from '../bash/official-tasks.ts'
import type { BookedTask, TaskBook } from '../bash/task-book.ts'
import type { SandboxProvider } from '../sandbox/contract.ts'
import { officialSqlBook } from '../sql/sql-book.ts'
import { SqlHost } from '../sql/sql-host.ts'
import type { SqlServer } from '../sql/sql-server.ts'
import { bashTables } from '../tasks/bash-tasks.ts'
import { readPythonTasks } from '../tasks/python-tasks.ts'
import { readSqlTasks } from '../tasks/sql-tasks.ts'
import { describeTally } from './describe-tally.ts'
import { isOfOtherImage } from './other-image.ts'
import { type RecordedLog, readRecordedLog } from './recorded-log.ts'
import { addTallies, type Tally } from './tally.ts'
import { verifyBash } from './verify-bash.ts'
import { verifyPython } from './verify-python.ts'
import { verifySql } from './verify-sql.ts'

export interface VerifyInterCodeOptions {
  /** Folder of InterCode's data. */
  data: string
  logs: readonly string[]
  /** Opened for the first Bash or Python log. */
  openSandbox: () => Promise<SandboxProvider>
  /** Opened for the first SQL log. */
  server: () => Promise<SqlServer>
  /** True if every call of `server` gives the same one. */
  isShared?: boolean
  /** Bash episodes at once. Default 2. */
  concurrency?: number
  /** How many differences are printed per log; the others are counted. */
  shown: number
  signal: AbortSignal
  /** Told of every episode that was played again. */
  onEpisode?: (done: number, total: number) => void
}

/** Shares that a kind of log must reach, in per cent: what was reached when the engine was written, on the original's root file system. */
export const required = {
  bash: { success: 97, reward: 89 },
  sql: { success: 99, reward: 99 },
  python: { success: 99, reward: 99 },
} as const

export type VerifyReport = Partial<Record<RecordedLog['kind'], Tally>>

/**
 * Plays recorded runs again, of any of InterCode's languages, and compares observations and rewards.
 * Throws as `readRecordedLog`, `findTask`, `officialTasks` and what sandbox and server throw.
 */
export async function verifyInterCode(
  options: VerifyInterCodeOptions,
  print: (line: string) => void,
): Promise<VerifyReport> {
  const { signal, shown, data } = options
  const logs: RecordedLog[] = []
  for (const path of options.logs) logs.push(await readRecordedLog(path))
  const total = logs.reduce((sum, { episodes }) => sum + episodes.length, 0)
  let done = 0
  const onEpisode = () => options.onEpisode?.(++done, total)
  const open = openOnce(options, print)
  const tallies: Record<RecordedLog['kind'], Tally[]> = { bash: [], sql: [], python: [] }
  try {
    for (const log of logs) {
      signal.throwIfAborted()
      const common = { log, signal, onEpisode }
      let tally: Tally
      if (log.kind === 'bash') {
        const book = await open.book()
        const provider = await open.provider()
        const tasks = tasksOfDataset(book, log)
        if (isOfOtherImage(log)) {
          print(`${log.path}: recorded on the image of another file system than ${log.dataset} is about; left out`)
          for (const _ of log.episodes) onEpisode()
          continue
        }
        tally = await verifyBash({ ...common, book, provider, tasks, concurrency: options.concurrency ?? 2 })
      } else if (log.kind === 'sql') {
        tally = await verifySql({ ...common, host: await open.host(), tasks: await readSqlTasks(data) })
      } else
        tally = await verifyPython({ ...common, provider: await open.provider(), tasks: await readPythonTasks(data) })
      tallies[log.kind].push(tally)
      for (const line of describeTally(log.path, tally, shown)) print(line)
    }
  } finally {
    await open.close()
  }
  const report: VerifyReport = {}
  for (const kind of ['bash', 'sql', 'python'] as const)
    if (tallies[kind].length > 0) report[kind] = addTallies(tallies[kind])
  return report
}

/** Whatever a log needs is opened when the first such log comes. */
function openOnce({ data, openSandbox, server, isShared }: VerifyInterCodeOptions, print: (line: string) => void) {
  let book: Promise<TaskBook> | undefined
  let provider: Promise<SandboxProvider> | undefined
  let host: Promise<SqlHost> | undefined
  return {
    book: () => (book ??= officialTasks(data)),
    provider: () =>
      (provider ??= openSandbox().then((opened) => {
        print(`sandbox: ${opened.description}`)
        return opened
      })),
    host: () =>
      (host ??= officialSqlBook(data).then(async ({ databases }) => {
        const opened = new SqlHost({ databases, server, ...(isShared ? { isShared } : {}) })
        print(`server: ${await opened.describe()}`)
        return opened
      })),
    async close() {
      await (await provider?.catch(() => undefined))?.close()
      await (await host?.catch(() => undefined))?.close()
    },
  }
}

/** Tasks of the file system that a log was recorded on. Throws a LeapError `LOG_DATASET_UNKNOWN`. */
function tasksOfDataset(book: TaskBook, { path, dataset }: RecordedLog): BookedTask[] {
  const name = Object.entries(bashTables).find(([, file]) => file === dataset)?.[0]
  if (name !== undefined)
    return book.splits
      .flatMap((split) => book.tasks(split))
      .filter(({ fileSystem }) => fileSystem === name)
      .sort((a, b) => a.row - b.row)
  throw new LeapError({
    code: 'LOG_DATASET_UNKNOWN',
    message: `${path}: expected a log on ${Object.values(bashTables).join(', ')}; found one on ${dataset}.`,
  })
}
