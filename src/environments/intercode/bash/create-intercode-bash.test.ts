import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { LeapError } from '../../../contracts/error.ts'
import type { SandboxProvider } from '../sandbox/contract.ts'
import { openSandbox } from '../sandbox/open-sandbox.ts'
import { checkBashGold, checkPythonGold } from '../verify/check-gold.ts'
import { readRecordedLog } from '../verify/recorded-log.ts'
import { verifyBash } from '../verify/verify-bash.ts'
import { BashSession } from './bash-session.ts'
import { createIntercodeBash } from './create-intercode-bash.ts'
import { withTestOf } from './join-books.ts'
import { officialTasks } from './official-tasks.ts'
import { ownTasks } from './own-tasks.ts'
import { readStatus } from './status.ts'
import { statusFromChanges } from './status-from-changes.ts'
import { listTracked } from './tracked-files.ts'

const cacheDirectory = await mkdtemp(join(tmpdir(), 'leap-intercode-'))
const provider = await openSandbox({ cacheDirectory, kind: 'host-usr', seed: 1 }).catch((error: unknown) => {
  if (!LeapError.is(error)) throw error
  console.warn(`InterCode Bash is not tested in a sandbox: ${error.message}`)
})
const data = fileURLToPath(new URL('../../../../../shared/data/intercode', import.meta.url))
const isOfficial = provider !== undefined && existsSync(data)
afterAll(async () => {
  await provider?.close()
  await rm(cacheDirectory, { recursive: true, force: true })
})
const sandbox = provider as SandboxProvider
const watch = { signal: new AbortController().signal, onTask: () => {} }

describe.skipIf(provider === undefined)('InterCode Bash in a sandbox', () => {
  const book = ownTasks({ seed: 5, counts: { train: 8, valid_seen: 2, valid_unseen: 2 } })

  it('is won by the gold commands of our own tasks', async () => {
    const report = await checkBashGold(book.tasks('train'), book, sandbox, watch)
    expect(report).toMatchObject({ tasks: 8, full: 8, faults: [] })
  })

  it('plays an episode, tells a teacher what it hides, and starts again clean', async () => {
    const environment = createIntercodeBash({ book, provider: sandbox })
    const task = (await environment.tasks('valid_unseen'))[0]!
    const { gold, query } = book.find(task.id)!
    const episode = await environment.open(task)
    expect(await episode.reset()).toEqual({ text: query, score: 0, done: false })
    await episode.step('echo lost > /left.txt')
    const before = await episode.privilegedState()
    expect(before.data).toMatchObject({ gold, filesRight: false })
    expect(before.text).toContain(gold)
    expect(await episode.step('submit')).toMatchObject({
      done: true,
      info: { reward: { fileDifference: expect.any(Number) } },
    })
    await episode.reset()
    expect((await episode.step('ls /left.txt')).text).toMatch(/No such file/)
    for (const action of (await environment.solution(task))!.slice(0, -1)) await episode.step(action)
    expect((await episode.privilegedState()).data).toMatchObject({ filesRight: true, outputRight: true })
    expect(await episode.step('submit')).toMatchObject({ score: 1, done: true })
    await episode.close()
  })

  it('runs the gold command of a task of our own once for all its episodes', async () => {
    const started: string[] = []
    const counting: SandboxProvider = {
      ...sandbox,
      start: async (root) => {
        started.push(root.name)
        return sandbox.start(root)
      },
    }
    const environment = createIntercodeBash({ book, provider: counting })
    const task = (await environment.tasks('train'))[1]!
    const counts: number[] = []
    for (let round = 0; round < 3; round++) {
      const episode = await environment.open(task)
      await episode.reset()
      await episode.privilegedState()
      expect(await episode.step('submit')).toMatchObject({ done: true })
      await episode.close()
      counts.push(started.length)
    }
    expect(counts[2]).toBe(counts[0]! + 2)
  })

  it('scores and shows the reward after every action where asked to', async () => {
    const environment = createIntercodeBash({ book, provider: sandbox, feedback: 'reward' })
    const task = (await environment.tasks('train'))[0]!
    const episode = await environment.open(task)
    await episode.reset()
    const first = await episode.step('echo nothing of the kind')
    expect(first.done).toBe(false)
    expect(first.text).toMatch(/\nReward: 0\.\d+$/)
    expect(await episode.step(book.find(task.id)!.gold)).toMatchObject({ score: 1, done: true })
    await episode.close()
  })

  it('tells changed files as git does', async () => {
    const root = {
      name: 'status',
      files: [
        { path: '/w/a.txt', type: 'file' as const, content: 'a\n' },
        { path: '/w/deep/b.sh', type: 'file' as const, content: 'b\n' },
        { path: '/w/c d.txt', type: 'file' as const, content: 'c\n' },
      ],
    }
    const live = await sandbox.start(root)
    const change =
      'echo x >> a.txt; chmod +x "c d.txt"; rm deep/b.sh; mkdir -p new/far usr; echo 1 > new/far/x; echo 1 > usr/y; touch "sp ace"; ln -s a.txt l; chmod 600 deep; mkdir empty; mv a.txt moved.txt'
    await live.run({ argv: ['/bin/bash', '-c', change], directory: '/w' })
    const byGit = await readStatus(live, sandbox)
    const own = statusFromChanges(await live.changes(), await listTracked(root, sandbox))
    const lines = (text: string) => text.trimEnd().split('\n').sort()
    expect(lines(own)).toEqual([
      ' D w/a.txt',
      ' D w/deep/b.sh',
      ' M "w/c d.txt"',
      '?? "w/sp ace"',
      '?? w/l',
      '?? w/moved.txt',
      '?? w/new/',
    ])
    if ((await sandbox.available(['git'])).length > 0) expect(lines(byGit)).toEqual(lines(own))
    await live.close()
  })
})

describe.skipIf(!isOfficial)('the official tasks', () => {
  it('are divided as in the paper, or as in its code', async () => {
    const book = await officialTasks(data)
    const sizes = (division: typeof book) =>
      Object.fromEntries(division.splits.map((split) => [split, division.tasks(split).length]))
    expect(sizes(book)).toEqual({ train: 97, valid_seen: 16, test: 87, quick: 24 })
    expect(new Set(book.tasks('test').map(({ fileSystem }) => fileSystem))).toEqual(new Set(['fs_3', 'fs_4']))
    expect(sizes(await officialTasks(data, 'released-code'))).toEqual({
      train: 120,
      valid_seen: 20,
      test: 60,
      quick: 24,
    })
    const joined = withTestOf(ownTasks({ seed: 1, counts: { train: 3 } }), book)
    expect(joined.tasks('train')).toHaveLength(3)
    expect(joined.tasks('test')).toEqual(book.tasks('test'))
    expect(joined.rootOf(joined.tasks('test')[0]!).name).toBe('intercode-fs_3')
    expect(joined.rootOf(joined.tasks('train')[0]!).name).toMatch(/^leap-/)
  })

  it('are made of file systems in the state that the original resets to', async () => {
    const book = await officialTasks(data)
    const task = book.find('fs_1/0000')!
    const session = new BashSession({ provider: sandbox, root: book.rootOf(task), query: task.query, gold: task.gold })
    // Recorded with GPT-4: turns 1 to 3 of its first episode.
    const hash = 'f32a3a97638afeb2ee2a15cfe335ab72'
    const find = 'find /testbed -type f -name "*.java" -exec md5sum {} + | sort | uniq'
    expect((await session.step(`${find} -d -w 32`)).text).toBe(`${hash}  /testbed/Hello.java\n`)
    expect((await session.score()).reward).toBeCloseTo(0.8, 2)
    expect((await session.step(`${find} -D -w 32 | awk '{print $1}' | uniq`)).text).toBe(`${hash}\n`)
    expect((await session.score()).reward).toBe(1)
    expect((await session.step('ls -d /tmp /mnt /testbed/dir1/subdir2')).text).toMatch(/^ls: cannot access/)
    await session.close()
  })

  it('are played as they were recorded', async () => {
    const book = await officialTasks(data)
    const log = await readRecordedLog(`${data}/results/bash/gpt-4/ic_bash_multiturn_gpt-4_10_turns_fs_3.json`)
    const tasks = book.splits.flatMap((split) => book.tasks(split)).filter(({ fileSystem }) => fileSystem === 'fs_3')
    tasks.sort((a, b) => a.row - b.row)
    const episodes = log.episodes.filter(({ turns }) => turns.length === 1).slice(0, 8)
    const tally = await verifyBash({ log: { ...log, episodes }, tasks, book, provider: sandbox })
    expect(tally.scored).toBe(8)
    expect(tally.successesEqual).toBe(tally.scored)
    expect(tally.rewardsEqual / tally.scored).toBeGreaterThan(0.85)
  })

  it('of Python are won by their reference solutions', async () => {
    const { readPythonTasks } = await import('../tasks/python-tasks.ts')
    const tasks = (await readPythonTasks(data)).slice(0, 3)
    expect(await checkPythonGold(tasks, sandbox, watch)).toMatchObject({ tasks: 3, full: 3 })
  })
})
