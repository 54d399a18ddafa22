import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Teacher } from '../contracts/teacher.ts'
import type { Trajectory } from '../contracts/trajectory.ts'
import { rolloutAll } from '../execution/rollout.ts'
import { instantClock } from '../execution/testing/instant-clock.ts'
import { createToyEnvironment } from '../execution/testing/toy-environment.ts'
import { randomPolicy } from '../execution/testing/toy-policies.ts'
import { readJournal } from './journal.ts'
import { listRuns, readRunSummary } from './read-run-summary.ts'
import { type RecordCorrectionsOptions, recordCorrections } from './record-corrections.ts'
import { openToyRun } from './testing/toy-run.ts'
import { toyTeacher } from './testing/toy-teacher.ts'

const environment = createToyEnvironment()
let folder: string
let trajectories: Trajectory[]
let count = 0
const fresh = () => join(folder, `run ${count++}`)
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'leap-corrections-'))
  trajectories = await rolloutAll({
    environment,
    tasks: await environment.tasks('train'),
    policy: randomPolicy('pi_0'),
    maxSteps: 6,
    seed: 7,
    phase: 'rollout-1',
    recordPrivilege: true,
  })
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const correct = async (directory: string, teacher: Teacher, more: Partial<RecordCorrectionsOptions> = {}) => {
  const { run } = await openToyRun(directory, environment)
  try {
    const { summary, corrections } = await recordCorrections(run, {
      phase: 'corrections-1',
      teacher,
      trajectories,
      inputs: { from: 'rollout-1' },
      seed: 7,
      clock: instantClock(),
      ...more,
    })
    return { summary, all: await corrections.all(), bytes: await readFile(corrections.path), run }
  } finally {
    await run.close()
  }
}
const failingOn = (fails: (id: string) => boolean, asked: string[] = [], error = () => new Error('429')): Teacher => ({
  ...toyTeacher,
  async correct(trajectory, options) {
    asked.push(trajectory.id)
    if (fails(trajectory.id)) throw error()
    return toyTeacher.correct(trajectory, options)
  },
})

describe('recordCorrections', () => {
  it('records kept and dropped corrections with their checks, sorted, and counts them', async () => {
    const { summary, all } = await correct(fresh(), toyTeacher, { trajectories: [...trajectories].reverse() })
    expect(all).toHaveLength(trajectories.flatMap(({ steps }) => steps).length)
    expect(all.map(({ trajectoryId }) => trajectoryId)).toEqual(all.map(({ trajectoryId }) => trajectoryId).sort())
    expect(all.every(({ checks }) => checks !== undefined)).toBe(true)
    const dropped = all.filter((correction) => correction.dropped !== undefined)
    expect(summary).toMatchObject({
      trajectories: 12,
      failed: 0,
      received: all.length,
      kept: all.length - dropped.length,
      dropped: { leak: dropped.length },
    })
    expect(dropped.length).toBeGreaterThan(0)
    // The toy teacher leaks at every third step; where the student has seen the ball, it is no leak any more.
    expect(dropped.every(({ step }) => step % 3 === 2)).toBe(true)
  })

  it('asks each trajectory once, also over an interruption, and ends with the same bytes', async () => {
    const undisturbed = await correct(fresh(), toyTeacher)
    const directory = fresh()
    const first: string[] = []
    const stopped = failingOn(
      (id) => id.includes('006'),
      first,
      () => new RangeError('programming error'),
    )
    await expect(correct(directory, stopped, { concurrency: 2 })).rejects.toThrow('programming error')
    const second: string[] = []
    const resumed = await correct(
      directory,
      failingOn(() => false, second),
    )
    expect(resumed.bytes).toEqual(undisturbed.bytes)
    expect(resumed.summary).toEqual(undisturbed.summary)
    expect(second.length).toBeLessThan(12)
    const third: string[] = []
    await correct(
      directory,
      failingOn(() => false, third),
    )
    expect(third).toEqual([])
  })

  it('retries, tolerates a small share of failures, and journals their causes', async () => {
    const asked: string[] = []
    const failing = failingOn((id) => id.includes('003'), asked)
    const { summary, all, run } = await correct(fresh(), failing, { maxFailedShare: 0.1 })
    expect(asked.filter((id) => id.includes('003'))).toHaveLength(3)
    expect(summary).toMatchObject({ trajectories: 12, failed: 1 })
    expect(all.some(({ trajectoryId }) => trajectoryId.includes('003'))).toBe(false)
    const notes = (await readJournal(run.paths.journal)).filter(({ event }) => event === 'note')
    expect(notes).toHaveLength(1)
    expect(notes[0]).toMatchObject({
      note: { kind: 'teacher-failed', trajectoryId: 'rollout-1/train/003#0', cause: '429' },
    })
  })

  it('stops when too many stay without an answer, and asks those again on a resume', async () => {
    const directory = fresh()
    const failing = failingOn((id) => /00[0-5]/.test(id))
    await expect(correct(directory, failing)).rejects.toThrow(/no answer for 6 of 12 trajectories/)
    const asked: string[] = []
    const resumed = await correct(
      directory,
      failingOn(() => false, asked),
    )
    expect(asked).toHaveLength(6)
    expect(resumed.summary.failed).toBe(0)
  })

  it('does not take a missing privileged state for a failure of the teacher', async () => {
    const blind = trajectories.map((trajectory) => ({
      ...trajectory,
      steps: trajectory.steps.map(({ privileged: _, ...step }) => step),
    }))
    await expect(correct(fresh(), toyTeacher, { trajectories: blind })).rejects.toMatchObject({
      code: 'PRIVILEGE_MISSING',
    })
  })

  it('leaves void trajectories out', async () => {
    const some = trajectories.map((trajectory, index) =>
      index === 0 ? { ...trajectory, outcome: 'void' as const, cause: 'x' } : trajectory,
    )
    expect((await correct(fresh(), toyTeacher, { trajectories: some })).summary.trajectories).toBe(11)
  })
})

describe('readRunSummary and listRuns', () => {
  it('show runs from outside, also while they are at work', async () => {
    const runs = join(folder, 'runs')
    expect(await listRuns(runs)).toEqual([])
    const { run } = await openToyRun(join(runs, 'a'), environment)
    await run.phase('one', {}, async () => ({ n: 1 }))
    const gate = Promise.withResolvers<void>()
    const second = run.phase('two', {}, () => gate.promise)
    await run.note({})
    const summary = await readRunSummary(join(runs, 'a'))
    expect(summary).toMatchObject({
      active: true,
      manifest: { seed: 7 },
      phases: [
        { name: 'one', state: 'finished', result: { n: 1 } },
        { name: 'two', state: 'unfinished' },
      ],
    })
    gate.resolve()
    await second
    await run.close()
    expect((await listRuns(runs)).map(({ active, directory }) => [active, directory])).toEqual([
      [false, join(runs, 'a')],
    ])
    expect(await readRunSummary(join(runs, 'nothing'))).toBeUndefined()
  })
})
