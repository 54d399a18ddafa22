import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createIntercodeBash } from '../src/environments/intercode/bash/create-intercode-bash.ts'
import { ownTasks } from '../src/environments/intercode/bash/own-tasks.ts'
import { ownSqlBook } from '../src/environments/intercode/generator/sql/own-sql-book.ts'
import type { SandboxProvider } from '../src/environments/intercode/sandbox/contract.ts'
import { openSandbox } from '../src/environments/intercode/sandbox/open-sandbox.ts'
import { createIntercodeSql } from '../src/environments/intercode/sql/create-intercode-sql.ts'
import { SqlHost } from '../src/environments/intercode/sql/sql-host.ts'
import { hasMariadb, startMariadb } from '../src/environments/intercode/sql/start-mariadb.ts'

const episodes = 48
const commands = 60

/** Prints whole episodes a second (stored solutions of own tasks, gold command and reward included), and commands a second in one sandbox against a fresh one each. */
export async function run(print: (line: string) => void): Promise<void> {
  const cacheDirectory = await mkdtemp(join(tmpdir(), 'leap-bench-'))
  const provider = await openSandbox({ cacheDirectory, seed: 1, spares: 4 })
  try {
    await bash(provider, print)
  } finally {
    await provider.close()
    await rm(cacheDirectory, { recursive: true, force: true })
  }
  if (await hasMariadb()) await sql(print)
  else print('sql: no MariaDB here (apt-get install mariadb-server)')
}

async function bash(provider: SandboxProvider, print: (line: string) => void): Promise<void> {
  const book = ownTasks({ seed: 1, counts: { train: episodes } })
  const environment = createIntercodeBash({ book, provider })
  const tasks = await environment.tasks('train')
  const booked = book.tasks('train')
  for (const root of new Set(booked.map(book.rootOf))) await provider.prepare(root)
  print(`bash, sandbox ${provider.description}`)
  for (const atOnce of [1, 4]) {
    let steps = 0
    const seconds = await timed(() =>
      inParallel(tasks, atOnce, async (task) => {
        const episode = await environment.open(task)
        await episode.reset()
        for (const action of (await environment.solution(task))!) {
          await episode.step(action)
          steps++
        }
        await episode.close()
      }),
    )
    print(
      `  ${atOnce} at once: ${(episodes / seconds).toFixed(1)} episodes/s, ${(steps / seconds).toFixed(1)} actions/s, scored`,
    )
  }
  const root = book.rootOf(booked[0]!)
  const argv = ['/bin/bash', '-c', 'ls /']
  const sandbox = await provider.start(root)
  const kept = await timed(async () => {
    for (let i = 0; i < commands; i++) await sandbox.run({ argv })
  })
  await sandbox.close()
  const fresh = await timed(async () => {
    for (let i = 0; i < commands; i++) {
      const once = await provider.start(root)
      await once.run({ argv })
      await once.close()
    }
  })
  print(
    `  commands in one sandbox: ${(commands / kept).toFixed(0)}/s; in a fresh one each: ${(commands / fresh).toFixed(0)}/s (${(fresh / kept).toFixed(1)} times as long)`,
  )
}

async function sql(print: (line: string) => void): Promise<void> {
  const book = ownSqlBook({ seed: 1, counts: { train: 200 } })
  const host = new SqlHost({ databases: book.databases, server: () => startMariadb() })
  try {
    const started = await timed(() => host.describe())
    const environment = createIntercodeSql({ book, host })
    const tasks = await environment.tasks('train')
    let steps = 0
    const seconds = await timed(() =>
      inParallel(tasks, 8, async (task) => {
        const episode = await environment.open(task)
        await episode.reset()
        for (const action of (await environment.solution(task))!) {
          await episode.step(action)
          steps++
        }
        await episode.close()
      }),
    )
    print(`sql, ${await host.describe()}: ready after ${started.toFixed(1)} s`)
    print(
      `  8 at once: ${(tasks.length / seconds).toFixed(0)} episodes/s, ${(steps / seconds).toFixed(0)} statements/s`,
    )
  } finally {
    await host.close()
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return (performance.now() - start) / 1000
}

async function inParallel<Item>(
  items: readonly Item[],
  count: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const waiting = [...items]
  await Promise.all(
    Array.from({ length: count }, async () => {
      for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item)
    }),
  )
}
