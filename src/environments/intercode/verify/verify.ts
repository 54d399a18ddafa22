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
import { findLogs } from './find-logs.ts'
import { matchTasks } from './match-tasks.ts'
import { isOfOtherImage } from './other-image.ts'
import { findRecordedImage } from './recorded-image.ts'
import { type RecordedLog, readRecordedLog } from './recorded-log.ts'
import { addTallies, type Tally } from './tally.ts'
import { verifyBash } from './verify-bash.ts'
import { verifyPython } from './verify-python.ts'
import { verifySql } from './verify-sql.ts'

export interface VerifyInterCodeOptions {
  /** Folder of InterCode's data. */
  data: string
  /** Files, folders and patterns. */
  logs: readonly string[]
  /** Against which `logs` are resolved. */
  cwd: string
  /** Opened for the first Bash or Python log. */
  openSandbox: () => Promise<SandboxProvider>
  /** Opened for the first SQL log. */
  server: () => Promise<SqlServer>
  /** True if every call of `server` gives the same one. */
  isShared?: boolean
  /** Bash: containers that live on through a log, as it was recorded, or fresh ones for every episode. Default `living` where there is git. */
  containers?: 'living' | 'fresh'
  /** Sandboxes at work at once. Default 2. */
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
 * Throws as `findLogs`, `readRecordedLog`, `matchTasks`, `officialTasks` and what sandbox and server throw.
 */
export async function verifyInterCode(
  options: VerifyInterCodeOptions,
  print: (line: string) => void,
): Promise<VerifyReport> {
  const { signal, shown } = options
  const logs = await readLogs(options, print)
  const total = logs.reduce((sum, { episodes }) => sum + episodes.length, 0)
  let done = 0
  const onEpisode = () => options.onEpisode?.(++done, total)
  const open = openOnce(options, print)
  const tallies: Record<RecordedLog['kind'], Tally[]> = { bash: [], sql: [], python: [] }
  const waiting = [...logs]
  const work = async () => {
    for (let log = waiting.shift(); log !== undefined; log = waiting.shift()) {
      signal.throwIfAborted()
      const tally = await verifyLog(log, options, open, onEpisode)
      if (tally === undefined) {
        print(`${log.path}: recorded on the image of another file system than ${log.dataset} is about; left out`)
        for (const _ of log.episodes) onEpisode()
        continue
      }
      tallies[log.kind].push(tally)
      for (const line of describeTally(log.path, tally, shown)) print(line)
      for (const reason of log.unreadable) print(`  left out: ${reason}`)
    }
  }
  try {
    // Logs in living containers go on one after the other inside, so that several go on at once.
    const results = await Promise.allSettled(Array.from({ length: options.concurrency ?? 2 }, work))
    const failed = results.find((result) => result.status === 'rejected')
    if (failed !== undefined) throw failed.reason
  } finally {
    await open.close()
  }
  const report: VerifyReport = {}
  for (const kind of ['bash', 'sql', 'python'] as const)
    if (tallies[kind].length > 0) report[kind] = addTallies(tallies[kind])
  return report
}

/** Reads all logs before anything is opened. What a folder or a pattern holds besides logs is passed over, and said. */
async function readLogs(
  { logs: wanted, cwd }: VerifyInterCodeOptions,
  print: (line: string) => void,
): Promise<RecordedLog[]> {
  const logs: RecordedLog[] = []
  let reason: unknown
  for (const { path, isNamed } of await findLogs(wanted, cwd)) {
    try {
      logs.push(await readRecordedLog(path))
    } catch (error) {
      if (isNamed || !LeapError.is(error)) throw error
      reason ??= error
      print(`${error.message.split('\n', 1)[0]}; left out`)
    }
  }
  if (logs.length === 0) throw reason
  return logs
}

type Opened = ReturnType<typeof openOnce>

/** Undefined for a log that was recorded on the image of another file system. */
async function verifyLog(
  log: RecordedLog,
  { data, signal, containers, concurrency = 2 }: VerifyInterCodeOptions,
  open: Opened,
  onEpisode: () => void,
): Promise<Tally | undefined> {
  const common = { log, signal, onEpisode }
  if (log.kind === 'sql') {
    const tasks = matchTasks(log, new Map([['ic_spider_dev.json', await readSqlTasks(data)]]))
    return verifySql({ ...common, tasks, host: await open.host() })
  }
  if (log.kind === 'python') {
    const tasks = matchTasks(log, new Map([['ic_mbpp.json', await readPythonTasks(data)]]))
    return verifyPython({ ...common, tasks, provider: await open.provider(), concurrency })
  }
  const book = await open.book()
  const tasks = matchTasks(log, tablesOf(book))
  if (isOfOtherImage(log)) return undefined
  const provider = await open.provider()
  const hasGit = (await provider.available(['git'])).length > 0
  const isMain = tasks.every(({ shell }) => shell === undefined)
  const image = hasGit && isMain ? await findRecordedImage(log, tasks, book, provider, signal) : undefined
  const tally = await verifyBash({
    ...{ ...common, book, tasks, provider, concurrency },
    containers: containers ?? (hasGit ? 'living' : 'fresh'),
    ...(image === undefined ? {} : { root: image.root }),
  })
  if (image !== undefined && image.looks > 0)
    tally.notes.push(
      `image taken to be ${image.age} days old: then ${image.equal} of ${image.looks} searches by time find what they found`,
    )
  return tally
}

/** The tasks of each table, in its order. */
function tablesOf(book: TaskBook): Map<string, BookedTask[]> {
  const all = book.splits.flatMap((split) => book.tasks(split)).sort((a, b) => a.row - b.row)
  return new Map(
    Object.entries(bashTables).map(([name, file]) => [file, all.filter(({ fileSystem }) => fileSystem === name)]),
  )
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
