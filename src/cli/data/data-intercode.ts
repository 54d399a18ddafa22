import { resolve } from 'node:path'
import { Option } from 'commander'
import { LeapError } from '../../contracts/error.ts'
import type { GoldReport } from '../../environments/intercode/verify/check-gold.ts'
import { addExamples, type CliCommand } from '../command.ts'
import { type CliContext, print } from '../context.ts'
import { exitCodes } from '../exit-codes.ts'
import { addInterCodeOptions, type InterCodePlaces, openSandboxOf, openServerOf } from '../intercode-options.ts'
import { wholeNumber } from '../options/number-option.ts'
import { createProgress } from '../progress/progress.ts'
import { sanitizeLine } from '../text/sanitize.ts'

const kinds = ['bash', 'sql', 'python'] as const
type Kind = (typeof kinds)[number]

interface DataOptions extends InterCodePlaces {
  data?: string
  check?: boolean
  only?: Kind[]
  seed: number
  count: number
}

/** `leap data intercode`: what tasks there are, and whether their gold solutions win here. */
export const dataInterCodeCommand: CliCommand<DataOptions> = {
  configure(command) {
    command
      .option('--data <folder>', "folder of InterCode's data (default: tasks of our own, made from the seed)")
      .option('--check', 'play every gold solution, and list those without the full reward')
      .addOption(new Option('--only <kind...>', 'which languages').choices([...kinds]))
      .option('--seed <number>', 'of tasks of our own', wholeNumber(0), 1)
      .option('--count <number>', 'how many tasks of our own are checked, per language', wholeNumber(1), 200)
    addInterCodeOptions(command)
    addExamples(command, [
      ['leap data intercode --data intercode/data', 'how many tasks of each kind'],
      ['leap data intercode --data intercode/data --check', 'gold commands, queries and functions, all of them'],
      ['leap data intercode --check --only bash', 'tasks of our own; needs no data'],
    ])
    command.addHelpText(
      'after',
      '\nWith --check, exits 1 if a gold solution of our own, or more than 3 % of the official ones, miss the full reward.',
    )
  },
  async run(context, options) {
    const progress = createProgress(context.stderr, { clock: context.clock, style: context.errorStyle })
    let failed = false
    try {
      for (const kind of options.only ?? kinds) {
        const set = await open[kind](context, options)
        if (set === undefined) {
          if (options.only !== undefined) throw withoutData()
          print(context, `${kind}: none of our own; the official ones come with --data`)
          continue
        }
        print(context, `${kind}: ${set.size} tasks, ${set.source}`)
        if (!options.check) continue
        const phase = progress.phase(kind, { total: set.size, unit: 'tasks' })
        const report = await set.check({ signal: context.signal, onTask: () => phase.advance() })
        phase.done()
        show(context, report)
        const allowed = options.data === undefined ? 0 : Math.floor(0.03 * report.tasks)
        failed ||= report.tasks - report.full > allowed
      }
    } finally {
      progress.stop()
    }
    return failed ? exitCodes.failed : exitCodes.ok
  },
}

const withoutData = () =>
  new LeapError({
    code: 'INTERCODE_DATA_MISSING',
    message:
      '--only python: expected a folder with InterCode’s data, since there are no Python tasks of our own; found none',
    remedy: 'Give it with --data, for example a checkout of github.com/princeton-nlp/intercode.',
  })

function show(context: CliContext, { tasks, full, clean, faults }: GoldReport): void {
  print(context, `  ${full} of ${tasks} gold solutions have a reward of 1; ${clean} end without an error`)
  for (const { id, reward, reason, gold } of faults)
    print(
      context,
      `  ${id}  ${reward.toFixed(2)}  ${sanitizeLine(reason)}: ${sanitizeLine(gold.replace(/\s+/g, ' ').slice(0, 100))}`,
    )
}

interface GoldSet {
  size: number
  source: string
  check(watch: { signal: AbortSignal; onTask: () => void }): Promise<GoldReport>
}

const open: Record<Kind, (context: CliContext, options: DataOptions) => Promise<GoldSet | undefined>> = {
  async bash(context, { data, seed, count, ...places }) {
    const { officialTasks } = await import('../../environments/intercode/bash/official-tasks.ts')
    const { ownTasks } = await import('../../environments/intercode/bash/own-tasks.ts')
    const book =
      data === undefined
        ? ownTasks({ seed, counts: { train: count } })
        : await officialTasks(resolve(context.cwd, data))
    const tasks = data === undefined ? book.tasks('train') : book.splits.flatMap((split) => book.tasks(split))
    tasks.sort((a, b) => (a.id < b.id ? -1 : 1))
    return {
      size: tasks.length,
      source: book.source,
      async check(watch) {
        const { checkBashGold } = await import('../../environments/intercode/verify/check-gold.ts')
        const provider = await openSandboxOf(context, places)
        print(context, `  sandbox: ${provider.description}`)
        try {
          return await checkBashGold(tasks, book, provider, watch)
        } finally {
          await provider.close()
        }
      },
    }
  },
  async sql(context, { data, seed, count, ...places }) {
    const { officialSqlBook } = await import('../../environments/intercode/sql/sql-book.ts')
    const { ownSqlBook } = await import('../../environments/intercode/generator/sql/own-sql-book.ts')
    const book =
      data === undefined
        ? ownSqlBook({ seed, counts: { train: count } })
        : await officialSqlBook(resolve(context.cwd, data))
    const tasks = data === undefined ? book.tasks('train') : book.splits.flatMap((split) => book.tasks(split))
    return {
      size: tasks.length,
      source: book.source,
      async check(watch) {
        const { checkSqlGold } = await import('../../environments/intercode/verify/check-gold.ts')
        const { SqlHost } = await import('../../environments/intercode/sql/sql-host.ts')
        const { databases } = book
        const isShared = places.mysqlUrl !== undefined
        const host = new SqlHost({ databases, isShared, server: () => openServerOf(context, places) })
        try {
          print(context, `  server: ${await host.describe()}`)
          return await checkSqlGold(tasks, host, watch)
        } finally {
          await host.close()
        }
      },
    }
  },
  async python(context, { data, ...places }) {
    if (data === undefined) return undefined
    const { readPythonTasks } = await import('../../environments/intercode/tasks/python-tasks.ts')
    const tasks = await readPythonTasks(resolve(context.cwd, data))
    return {
      size: tasks.length,
      source: resolve(context.cwd, data),
      async check(watch) {
        const { checkPythonGold } = await import('../../environments/intercode/verify/check-gold.ts')
        const provider = await openSandboxOf(context, places)
        print(context, `  sandbox: ${provider.description}`)
        try {
          return await checkPythonGold(tasks, provider, watch)
        } finally {
          await provider.close()
        }
      },
    }
  },
}
