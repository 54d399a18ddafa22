import { homedir } from 'node:os'
import { join } from 'node:path'
import type { Domain } from '../../contracts/domain.ts'
import type { Environment } from '../../contracts/environment.ts'
import { LeapError } from '../../contracts/error.ts'
import type { Policy } from '../../contracts/policy.ts'
import type { Trajectory } from '../../contracts/trajectory.ts'
import { finished, searching } from '../../environments/intercode/agent/bash-agent.ts'
import { describeCommand } from '../../environments/intercode/agent/describe-command.ts'
import { createIntercodeBash } from '../../environments/intercode/bash/create-intercode-bash.ts'
import { withTestOf } from '../../environments/intercode/bash/join-books.ts'
import { type OfficialDivision, officialTasks } from '../../environments/intercode/bash/official-tasks.ts'
import { ownTasks } from '../../environments/intercode/bash/own-tasks.ts'
import type { OwnSplit } from '../../environments/intercode/generator/generate-tasks.ts'
import { ownSqlBook } from '../../environments/intercode/generator/sql/own-sql-book.ts'
import { createIntercodePython } from '../../environments/intercode/python/create-intercode-python.ts'
import { openSandbox } from '../../environments/intercode/sandbox/open-sandbox.ts'
import type { SandboxName } from '../../environments/intercode/sandbox/sandbox-name.ts'
import { createIntercodeSql } from '../../environments/intercode/sql/create-intercode-sql.ts'
import { openMysqlUrl, parseMysqlUrl } from '../../environments/intercode/sql/mysql-url.ts'
import { officialSqlBook } from '../../environments/intercode/sql/sql-book.ts'
import { SqlHost } from '../../environments/intercode/sql/sql-host.ts'
import { checkMariadb, startMariadb } from '../../environments/intercode/sql/start-mariadb.ts'
import type { Book } from '../../environments/intercode/tasks/look-up.ts'
import { readPythonTasks } from '../../environments/intercode/tasks/python-tasks.ts'
import { createShellRenderer } from '../../policies/prompts/shell.ts'
import { createQueryAgent, createShellAgent } from '../../policies/scripted/interactive-code.ts'
import {
  createInterCodeTeacher,
  createInterCodeTeacherPolicy,
  type InterCodeLanguage,
} from '../../teachers/intercode/intercode-teacher.ts'
import { createReferenceTeacher } from '../../teachers/intercode/reference-teacher.ts'
import { shellReplayRows } from '../base/shell/shell-replay.ts'

export interface InterCodeOptions {
  /** Folder of InterCode's data. Absent: tasks of our own, made from the seed. */
  data?: string
  seed: number
  /** Tasks of our own per split. */
  counts?: Partial<Record<OwnSplit, number>>
  /** With official data: train on the official tasks, or on our own and keep the official ones as a test. Default `official`. */
  train?: 'official' | 'own'
  /** How the official Bash tasks are divided. Default `paper`. */
  division?: OfficialDivision
  /** Scored and shown after every action (InterCode's "try again"), or at `submit` alone. Default `none`. */
  feedback?: 'none' | 'reward'
  sandbox?: { kind?: SandboxName | 'auto'; rootfs?: string; cacheDirectory?: string }
  /** A MySQL-compatible server; absent: MariaDB is started. */
  mysqlUrl?: string
  /** Where the address has none. */
  mysqlPassword?: string
  signal?: AbortSignal
}

export interface OpenedInterCode {
  domain: Domain
  source: string
}

/** Where snapshots of file systems are kept between runs. */
const defaultCache = () => join(homedir(), '.cache', 'leap', 'intercode')

/** InterCode Bash with its scripted expert, its scripted user and a renderer for small students. */
export async function openInterCodeBash(options: InterCodeOptions): Promise<OpenedInterCode> {
  const { data, seed, counts = {}, train = 'official', division = 'paper', feedback = 'none', sandbox = {} } = options
  const own = () => ownTasks({ seed, counts })
  const book =
    data === undefined
      ? own()
      : train === 'own'
        ? withTestOf(own(), await officialTasks(data, division))
        : await officialTasks(data, division)
  const provider = await openSandbox({
    cacheDirectory: sandbox.cacheDirectory ?? defaultCache(),
    seed,
    // Own tasks are set in hundreds of file systems: spares of each would only wait. Of official ones many episodes run at once.
    spares: data === undefined ? 0 : 1,
    ...sandboxOf(options),
  })
  const environment = createIntercodeBash({ book, provider, feedback })
  const domain = { ...domainOf('bash', environment, book, createShellAgent), replay: shellReplayRows }
  return { domain, source: `${book.source}; sandbox ${provider.description}` }
}

/** What a shell and a database have in common: scripted expert and user, reasons, and how a small student reads. */
const domainOf = (
  language: InterCodeLanguage,
  environment: Environment,
  book: Book<{ reason?: string }>,
  createUser: () => Policy,
): Domain => ({
  environment,
  teacher: (settings) => createInterCodeTeacher(language, settings),
  teacherPolicy: (settings) => createInterCodeTeacherPolicy(language, settings),
  baselines: () => [createUser()],
  explain: (demonstration) => explainCommands(demonstration, (id) => book.find(id)?.reason),
  renderer: createShellRenderer(),
  spans: 'words',
  panels: panelsOf(book),
  measures: ({ score }) => ({ reward: score }),
  kindOf: ({ steps }, index) => kindOfAction(steps[index]!.action),
})

/** InterCode SQL, likewise. The server starts with the first question. */
export async function openInterCodeSql(options: InterCodeOptions): Promise<OpenedInterCode> {
  const { data, seed, counts = {}, feedback = 'none', mysqlUrl, mysqlPassword } = options
  const book = data === undefined ? ownSqlBook({ seed, counts }) : await officialSqlBook(data)
  if (mysqlUrl === undefined) await checkMariadb()
  const place = mysqlUrl === undefined ? 'MariaDB, started by leap' : parseMysqlUrl(mysqlUrl).host
  const host = new SqlHost({
    databases: book.databases,
    isShared: mysqlUrl !== undefined,
    server: () => (mysqlUrl === undefined ? startMariadb() : openMysqlUrl(mysqlUrl, mysqlPassword)),
  })
  const domain = domainOf('sql', createIntercodeSql({ book, host, feedback }), book, createQueryAgent)
  return { domain, source: `${book.source}; server ${place}` }
}

/**
 * InterCode Python: MBPP. There are no tasks of our own, and the expert is one that shows the reference solution at once: a check of the plumbing, and a
 * privileged state for LLM teachers, not a curriculum. Throws a LeapError `INTERCODE_DATA_MISSING` without data.
 */
export async function openInterCodePython(options: InterCodeOptions): Promise<OpenedInterCode> {
  const { data, seed, sandbox = {} } = options
  if (data === undefined)
    throw new LeapError({
      code: 'INTERCODE_DATA_MISSING',
      message: "environment.games: intercode-python expected a folder with InterCode's data, found none",
      remedy: 'Give it with --games, for example a checkout of github.com/princeton-nlp/intercode.',
    })
  const provider = await openSandbox({
    cacheDirectory: sandbox.cacheDirectory ?? defaultCache(),
    seed,
    ...sandboxOf(options),
  })
  const environment = createIntercodePython({ tasks: await readPythonTasks(data), provider })
  const domain: Domain = {
    environment,
    teacher: () => createReferenceTeacher(),
    explain: ({ steps }) =>
      steps.map(({ action }) =>
        action.startsWith('submit')
          ? 'The function is written, so I submit it.'
          : 'I write the function that is asked for.',
      ),
    renderer: createShellRenderer(undefined, { keepsLines: true }),
    panels: panelsOf(environment),
    measures: ({ score }) => ({ reward: score }),
    kindOf: ({ steps }, index) => kindOfAction(steps[index]!.action),
  }
  return { domain, source: `${data}; sandbox ${provider.description}` }
}

const sandboxOf = ({ sandbox = {}, signal }: InterCodeOptions) => ({
  ...(sandbox.kind ? { kind: sandbox.kind } : {}),
  ...(sandbox.rootfs === undefined ? {} : { rootfs: sandbox.rootfs }),
  ...(signal ? { signal } : {}),
})

/** What is reported: tasks as in training, and those that are not; of official data the test alone. */
function panelsOf({ splits }: { readonly splits: readonly string[] }): NonNullable<Domain['panels']> {
  const reported = [
    ...(splits.includes('valid_unseen')
      ? [
          { name: 'seen', split: 'valid_seen' },
          { name: 'unseen', split: 'valid_unseen' },
        ]
      : []),
    ...(splits.includes('test') ? [{ name: 'official', split: 'test' }] : []),
  ]
  return { selection: 'valid_seen', reported }
}

const kindOfAction = (action: string) =>
  action.startsWith('submit') ? 'submit' : /^(find|ls|tree|show|desc)/i.test(action) ? 'look' : 'command'

/** Reasons for the steps of a stored solution, in the expert's words: what each command is for. Where a task brings its own words for its last command, those. */
function explainCommands({ task, steps }: Trajectory, reasonOf: (id: string) => string | undefined): string[] {
  return steps.map(({ action, observation }, index) => {
    if (action === 'submit') return finished(observation.trim() === '')
    const isLast = steps[index + 1]?.action === 'submit'
    const words = isLast ? reasonOf(task.id) : undefined
    if (words !== undefined) return words
    if (/^show tables/i.test(action)) return 'I do not know the tables yet.'
    const table = /^describe (\w+)/i.exec(action)?.[1]
    if (table !== undefined) return `I need to know the columns of ${table}.`
    if (/^select\b/i.test(action)) return 'I know the columns that the question needs and can ask.'
    const names = [...action.matchAll(/-name (\S+)/g)].map(([, name]) => name!)
    const top = /^find (\S+)/.exec(action)?.[1] ?? '/'
    return !isLast && names.length > 0 ? searching(names, top) : describeCommand(action)
  })
}
