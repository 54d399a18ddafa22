import { BashSession } from '../bash/bash-session.ts'
import type { BookedTask, TaskBook } from '../bash/task-book.ts'
import { PythonSession, referenceName } from '../python/python-session.ts'
import type { SandboxProvider } from '../sandbox/contract.ts'
import type { BookedSqlTask } from '../sql/sql-book.ts'
import type { SqlHost } from '../sql/sql-host.ts'
import { SqlSession } from '../sql/sql-session.ts'
import type { PythonTask } from '../tasks/python-tasks.ts'

/** A gold solution that does not earn the full reward here. */
export interface GoldFault {
  id: string
  reward: number
  gold: string
  reason: string
}

export interface GoldReport {
  tasks: number
  /** Gold solutions with a reward of exactly 1. */
  full: number
  /** Gold commands that ended with exit code 0. */
  clean: number
  faults: GoldFault[]
}

interface Watch {
  signal: AbortSignal
  onTask: () => void
}

/** Plays every gold command as an agent would: as an action, then `submit`. */
export async function checkBashGold(
  tasks: readonly BookedTask[],
  book: TaskBook,
  provider: SandboxProvider,
  { signal, onTask }: Watch,
): Promise<GoldReport> {
  const report: GoldReport = { tasks: 0, full: 0, clean: 0, faults: [] }
  for (const task of tasks) {
    signal.throwIfAborted()
    const { query, gold, shell } = task
    const root = book.rootOf(task)
    const session = new BashSession({ provider, root, query, gold, ...(shell ? { shell } : {}) })
    try {
      await session.reset()
      const { text, executed } = await session.step(gold)
      const { reward, run } = await session.judge()
      count(report, reward.reward, executed)
      if (reward.reward !== 1)
        report.faults.push({ id: task.id, gold, reward: reward.reward, reason: reasonOf(gold, text, run.output) })
      else if (!executed)
        report.faults.push({ id: task.id, gold, reward: 1, reason: `ends with an error in both: ${firstLine(text)}` })
    } finally {
      await session.close()
    }
    onTask()
  }
  return report
}

function reasonOf(gold: string, agent: string, expected: string | null): string {
  if (expected === null) return 'cannot be run: its quotes do not close, or its output is not text'
  if (agent === expected) return 'leaves other files when it is run again'
  if (/\b(curl|wget|ping|dig)\b/.test(gold)) return 'needs the network'
  if (/\benv\b|HOSTNAME|hostname/.test(gold))
    return 'prints the name of the machine, which differs between the two file systems'
  if (/\b(date|w|uptime)\b|load/.test(gold)) return 'prints the time or the load, which moves on between the two runs'
  if (/%T@|\bls\b.*-\w*l|-mtime|-newer/.test(gold)) return 'prints times of files'
  if (/ \/(?:\s|$)|\/proc|\$\{DIRECTORY\}/.test(gold)) return 'looks at the whole system, processes included'
  return `prints something else when it is run again: ${firstLine(agent)} / ${firstLine(expected)}`
}

const firstLine = (text: string) => text.split('\n', 1)[0]!.slice(0, 80)

/** Asks every gold query, and submits. */
export async function checkSqlGold(
  tasks: readonly BookedSqlTask[],
  host: SqlHost,
  { signal, onTask }: Watch,
): Promise<GoldReport> {
  const report: GoldReport = { tasks: 0, full: 0, clean: 0, faults: [] }
  for (const { id, gold, database } of tasks) {
    signal.throwIfAborted()
    const session = new SqlSession(host, database)
    try {
      await session.reset()
      const { text, executed } = await session.step(gold)
      const { reward } = await session.score(gold)
      count(report, reward, executed)
      if (reward !== 1)
        report.faults.push({ id, gold, reward, reason: executed ? 'rows in another order when asked again' : text })
    } finally {
      await session.close()
    }
    onTask()
  }
  return report
}

/** Wall time of a gold function and of its tests, milliseconds. */
const goldTimeout = 120_000

/** Defines every gold function, and submits it. */
export async function checkPythonGold(
  tasks: readonly PythonTask[],
  provider: SandboxProvider,
  { signal, onTask }: Watch,
): Promise<GoldReport> {
  const report: GoldReport = { tasks: 0, full: 0, clean: 0, faults: [] }
  for (const task of tasks) {
    signal.throwIfAborted()
    // Whether a solution is right does not depend on how busy the machine is.
    const session = new PythonSession(provider, task, goldTimeout)
    try {
      await session.reset()
      const { text, executed } = await session.step(task.gold)
      const { reward = 0 } = await session.step(`submit ${referenceName(task)}`)
      count(report, reward, executed)
      if (reward !== 1) {
        const reason = !executed
          ? `as an action it is taken for an expression: ${firstLine(text)}`
          : task.setup === ''
            ? 'its tests come out otherwise when they are run again'
            : 'its tests fail in the original too, which runs their set-up before the solution that it needs'
        report.faults.push({ id: task.id, gold: task.gold, reward, reason })
      }
    } finally {
      await session.close()
    }
    onTask()
  }
  return report
}

function count(report: GoldReport, reward: number, executed: boolean): void {
  report.tasks++
  if (reward === 1) report.full++
  if (executed) report.clean++
}
