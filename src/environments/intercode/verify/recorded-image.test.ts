import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { LeapError } from '../../../contracts/error.ts'
import type { BookedTask, TaskBook } from '../bash/task-book.ts'
import type { SandboxProvider } from '../sandbox/contract.ts'
import { openSandbox } from '../sandbox/open-sandbox.ts'
import { shellOf } from '../sandbox/testing/test-sandbox.ts'
import type { RecordedEvidence } from './recorded-evidence.ts'
import { findRecordedImage } from './recorded-image.ts'
import type { RecordedLog } from './recorded-log.ts'
import { verifyBash } from './verify-bash.ts'

const cacheDirectory = await mkdtemp(join(tmpdir(), 'leap-image-'))
const provider = await openSandbox({ cacheDirectory, kind: 'host-usr', seed: 1 }).catch((error: unknown) => {
  if (!LeapError.is(error)) throw error
  console.warn(`images of recorded runs are not tested: ${error.message}`)
})
const hasGit = (await provider?.available(['git']))?.length === 1
afterAll(async () => {
  await provider?.close()
  await rm(cacheDirectory, { recursive: true, force: true })
})

const task = (query: string, gold: string, row: number): BookedTask => ({
  ...{ id: `own/${row}`, fileSystem: 'own', row, query, gold, category: 'own', split: 'test' },
})
const tasks = [
  task('Old files.', 'find /w -type f -mtime +7 | sort', 0),
  task('All.', "printf 'one\\ntwo\\nthree\\n'", 1),
]
const root = {
  name: 'own',
  age: 0,
  script: {
    path: '/setup.sh',
    text: 'mkdir /w; echo new >/w/new; echo dated >/w/dated; touch -m -t202305241200 /w/dated; chmod 644 /w/*',
  },
}
const book: TaskBook = {
  ...{ source: 'own', splits: ['test'], tasks: () => [...tasks], find: () => undefined, rootOf: () => root },
}
const turn = (action: string, observation: string, reward: number) => ({
  ...{ action, observation, reward, isPlayed: true, isScored: true, isCut: false },
})
const logOf = (...episodes: RecordedLog['episodes']): RecordedLog => ({
  ...{ path: 'log', kind: 'bash', dataset: 'own.json', isReact: false, unreadable: [], episodes },
})

describe.skipIf(!hasGit)('the image of a recorded run', () => {
  const sandbox = provider as SandboxProvider
  const looked = (observation: string) =>
    logOf({ row: 0, query: 'Old files.', turns: [turn('find /w -type f -mtime +7', observation, 0)] })

  it('is as old as it takes to find by time what was found', async () => {
    const young = await findRecordedImage(looked(''), tasks, book, sandbox)
    expect(young).toMatchObject({ age: 0, looks: 1, equal: 1 })
    const old = await findRecordedImage(looked('/w/new\n'), tasks, book, sandbox)
    expect(old).toMatchObject({ age: 10, looks: 1, equal: 1 })
    expect(await findRecordedImage(logOf(), tasks, book, sandbox)).toMatchObject({ age: 0, looks: 0 })
  })

  it('has files that its script dated as old as they were then', async () => {
    const { root: then } = await findRecordedImage(logOf(), tasks, book, sandbox)
    const live = await sandbox.start(then)
    const { text } = await shellOf(live)(
      'find /w -mtime -1; find /w -mtime +1 -mtime -7; git status --short; date +%s; stat -c %Y /w/dated',
    )
    await live.close()
    const lines = text.trim().split('\n')
    expect(lines.slice(0, -2)).toEqual(['/w', '/w/new', '/w/dated'])
    // Recorded on the 26th of May 2023, dated the 24th at the same hour.
    const days = (Number(lines.at(-2)) - Number(lines.at(-1))) / 86_400
    expect(days).toBeGreaterThan(1.9)
    expect(days).toBeLessThan(2.2)
  })

  it('scores by the end of a gold output where the log shows that its start was lost', async () => {
    const evidence = (goldOutput: string): RecordedEvidence => ({
      ...{ agentOutput: 'three\n', goldOutput, different: 0, created: 0, equal: 0, parts: [0.33, 0.33, 0.33] },
    })
    const play = async (goldOutput: string) =>
      verifyBash({
        log: logOf({
          row: 1,
          query: 'All.',
          turns: [turn('echo three', 'three\n', 1)],
          evidence: evidence(goldOutput),
        }),
        ...{ tasks, book, provider: sandbox, root },
      })
    expect(await play('three\n')).toMatchObject({ scored: 1, rewardsEqual: 1, lostStarts: 1, evidentEqual: 1 })
    const blocked = { ...turn('blocked', 'None', 0), isPlayed: false }
    const refused = logOf({
      ...{ row: 1, query: 'All.', evidence: evidence('three\n') },
      turns: [turn('echo three', 'three\n', 1), blocked],
    })
    expect(await verifyBash({ log: refused, tasks, book, provider: sandbox, root })).toMatchObject({
      evidentEqual: 1,
      skipped: 1,
    })
    // Not the end of what the command prints: something else happened.
    expect(await play('four\n')).toMatchObject({ scored: 1, rewardsEqual: 0, lostStarts: 0 })
  })
})
