import { appendFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Evaluation } from '../../evaluation/evaluation.ts'
import { takeLock, thisMachine } from '../../runs/lock.ts'
import { runPaths } from '../../runs/run-paths.ts'
import { runCli } from '../run-cli.ts'
import { testContext } from '../testing/test-context.ts'
import { writeToyRun } from '../testing/toy-run.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'leap-runs-'))
})
afterEach(() => rm(folder, { recursive: true }))

const at = '2026-01-02T03:04:06.000Z'
const run = (name: string) => join(folder, 'runs', name)
const journal = (name: string, events: object[]) =>
  appendFile(runPaths(run(name)).journal, events.map((event) => `${JSON.stringify({ at, ...event })}\n`).join(''))

async function runs(...argv: string[]) {
  const { context, stdout, stderr } = testContext({ cwd: folder, columns: 140 })
  return { code: await runCli(['runs', ...argv], context), stdout: stdout(), stderr: stderr() }
}

it('says that there are none yet', async () => {
  expect(await runs()).toMatchObject({ code: 0, stdout: '', stderr: expect.stringContaining('leap run') })
})

it('refuses a folder without runs', async () => {
  const { code, stderr } = await runs('elsewhere')
  expect(code).toBe(1)
  expect(stderr).toContain('[RUNS_NOT_FOUND]')
})

it('tells running, interrupted, finished and damaged runs apart and counts their phases', async () => {
  for (const name of ['done', 'stopped', 'working', 'broken']) await writeToyRun(run(name))
  const phase = { inputs: {}, phase: 'demonstrations' }
  const finished = { ...phase, event: 'phase-finished', result: null, files: [], seconds: 1 }
  await journal('done', [{ ...phase, event: 'phase-started' }, finished, { event: 'note', note: { finished: true } }])
  await journal('stopped', [
    { ...phase, event: 'phase-started' },
    finished,
    { event: 'phase-started', phase: 'rollout-1', inputs: {} },
  ])
  await journal('working', [])
  await takeLock(runPaths(run('working')).lock, { now: 0 })
  // A process that cannot exist: the lock is stale.
  const gone = { ...thisMachine, pid: 2 ** 30, processStart: async () => '' }
  await takeLock(runPaths(run('stopped')).lock, { now: 0, machine: gone })
  await writeFile(runPaths(run('broken')).manifest, '{"format": 1')

  const { code, stdout, stderr } = await runs()
  expect(code).toBe(0)
  const rows = Object.fromEntries(
    stdout
      .trimEnd()
      .split('\n')
      .slice(1)
      .map((line) => line.split(/ {2,}/))
      .map(([name, ...cells]) => [name, cells]),
  )
  expect(rows.done?.[0]).toBe('finished')
  expect(rows.done?.[2]).toBe('1')
  expect(rows.stopped?.[0]).toBe('interrupted')
  expect(rows.stopped?.[2]).toBe('1, in rollout-1')
  expect(rows.working?.[0]).toBe('running')
  expect(rows.broken?.[0]).toBe('unreadable')
  expect(stderr).toContain('broken: ')
  expect(stderr).toContain('manifest.json')
})

it('shows the best student by the panel that selects, the earlier one on a tie', async () => {
  await writeToyRun(run('scored'))
  for (const [policy, rate] of [
    ['pi_0', 0.4],
    ['pi_1', 0.7],
    ['pi_2', 0.7],
    ['planner', 1],
  ] as const) {
    const path = runPaths(run('scored')).evaluation(policy, 'valid')
    await mkdir(join(path, '..'), { recursive: true })
    await writeFile(path, JSON.stringify(evaluation(policy, rate)))
  }
  const [summary] = JSON.parse((await runs('--json')).stdout)
  expect(summary.best).toMatchObject({ policy: 'pi_1', panel: 'valid', rate: 0.7 })
  expect((await runs()).stdout).toContain('pi_1 70.0 % [60.0, 80.0] on 10 of valid')
})

function evaluation(policy: string, rate: number): Evaluation {
  const group = {
    episodes: 10,
    voids: 0,
    success: { rate, low: rate - 0.1, high: rate + 0.1 },
    actions: { mean: 20, low: 18, high: 22, limit: 30 },
  }
  return {
    ...group,
    policy,
    panel: { name: 'valid', hash: '0123456789ab' },
    byCategory: { near: group },
    behaviour: { inadmissible: 0, repeated: 0 },
    results: [],
  }
}
