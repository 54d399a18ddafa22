import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createToyEnvironment, type ToyOptions } from '../execution/testing/toy-environment.ts'
import { randomPolicy } from '../execution/testing/toy-policies.ts'
import { readJournal } from './journal.ts'
import { type RecordRolloutOptions, recordRollout } from './record-rollout.ts'
import { openToyRun } from './testing/toy-run.ts'

let folder: string
let count = 0
const fresh = () => join(folder, `${count++}`)
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'leap-rollout-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const play = async (directory: string, toy: ToyOptions = {}, more: Partial<RecordRolloutOptions> = {}) => {
  const environment = createToyEnvironment(toy)
  const { run } = await openToyRun(directory, environment)
  try {
    const { summary, trajectories } = await recordRollout(run, {
      environment,
      tasks: await environment.tasks('train'),
      policy: randomPolicy('pi_0'),
      maxSteps: 15,
      seed: 7,
      phase: 'rollout-1',
      retries: 0,
      backoff: 0,
      inputs: { checkpoint: 'abc' },
      ...more,
    })
    return { summary, all: await trajectories.all(), bytes: await readFile(trajectories.path), environment, run }
  } finally {
    await run.close()
  }
}

describe('recordRollout', () => {
  it('records sorted trajectories without times, times beside them, and counts', async () => {
    const progress: string[] = []
    const { all, summary, run } = await play(
      fresh(),
      {},
      { onProgress: ({ done, total }) => progress.push(`${done}/${total}`) },
    )
    expect(all.map(({ id }) => id)).toEqual(all.map(({ id }) => id).sort())
    expect(summary).toEqual({
      episodes: 12,
      successes: all.filter(({ outcome }) => outcome === 'success').length,
      failures: all.filter(({ outcome }) => outcome === 'failure').length,
      voids: 0,
      steps: all.flatMap(({ steps }) => steps).length,
    })
    expect(summary.successes).toBeGreaterThan(0)
    expect(summary.failures).toBeGreaterThan(0)
    expect(all.flatMap(({ steps }) => steps).some(({ milliseconds }) => milliseconds !== undefined)).toBe(false)
    const timings = (await readFile(run.paths.timings('rollout-1'), 'utf8')).trim().split('\n')
    expect(timings).toHaveLength(12)
    expect(JSON.parse(timings[0]!)).toMatchObject({
      id: expect.stringMatching(/^rollout-1\//),
      milliseconds: expect.any(Array),
    })
    expect([progress[0], progress.at(-1)]).toEqual(['0/12', '12/12'])
  })

  it('has the same bytes for any concurrency, and is not played again', async () => {
    const directory = fresh()
    const first = await play(directory, {}, { concurrency: 1 })
    expect((await play(fresh(), {}, { concurrency: 12 })).bytes).toEqual(first.bytes)
    const again = await play(directory)
    expect(again.environment.opened).toBe(0)
    expect(again.summary).toEqual(first.summary)
    expect(again.bytes).toEqual(first.bytes)
  })

  it('goes on after an interruption without playing recorded episodes again, and ends with the same bytes', async () => {
    const undisturbed = await play(fresh())
    const directory = fresh()
    let closed = 0
    const interrupted = play(
      directory,
      {
        disturb: ({ step }) => {
          if (step === -1 && closed++ === 7) throw new RangeError('a programming error in the middle')
        },
      },
      { concurrency: 2 },
    )
    await expect(interrupted).rejects.toMatchObject({ code: 'ROLLOUT_PROGRAM_ERROR' })
    const resumed = await play(directory)
    expect(resumed.environment.opened).toBeLessThan(8)
    expect(resumed.bytes).toEqual(undisturbed.bytes)
    expect(resumed.summary).toEqual(undisturbed.summary)
  })

  it('plays void episodes again after too many of them stopped the phase', async () => {
    const undisturbed = await play(fresh())
    const directory = fresh()
    const failing = play(directory, {
      disturb: ({ task, step }) => {
        if (task.category === 'near' && step === 1) throw new Error('server down')
      },
    })
    await expect(failing).rejects.toThrow(/6 of 12 episodes stayed void, at most 5\.0 %/)
    const resumed = await play(directory)
    expect(resumed.environment.opened).toBe(6)
    expect(resumed.bytes).toEqual(undisturbed.bytes)
  })

  it('keeps a tolerable share of void episodes, with their causes, and journals retries', async () => {
    const { all, summary, run } = await play(
      fresh(),
      {
        disturb: ({ task }) => {
          if (task.id.endsWith('3')) throw new Error('server down')
        },
      },
      { maxVoidShare: 0.1, retries: 1 },
    )
    expect(summary.voids).toBe(1)
    expect(all.find(({ outcome }) => outcome === 'void')).toMatchObject({ cause: 'server down' })
    const notes = (await readJournal(run.paths.journal)).filter(({ event }) => event === 'note')
    expect(notes[0]).toMatchObject({ phase: 'rollout-1', note: { kind: 'retry', cause: 'server down' } })
  })

  it('is another phase with another checkpoint', async () => {
    const directory = fresh()
    await play(directory)
    await expect(play(directory, {}, { inputs: { checkpoint: 'abd' } })).rejects.toThrow(/another "checkpoint"/)
    await expect(play(directory, {}, { maxSteps: 16 })).rejects.toThrow(/another "maxSteps"/)
  })
})
