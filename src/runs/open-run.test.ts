import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { evaluateTrajectories } from '../evaluation/evaluate-trajectories.ts'
import { fakePanel, fakeTrajectories } from '../evaluation/testing/fake-trajectories.ts'
import { createToyEnvironment } from '../execution/testing/toy-environment.ts'
import { readJournal } from './journal.ts'
import { openToyRun } from './testing/toy-run.ts'

let folder: string
let count = 0
const fresh = () => join(folder, `run ${count++}`)
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'leap-run-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const environment = createToyEnvironment({ count: 4 })
const schema = z.object({ id: z.string() })

describe('openRun', () => {
  it('writes manifest, panels and journal, and reads them back on a resume', async () => {
    const directory = fresh()
    const { run, panel } = await openToyRun(directory, environment)
    expect(run.resumed).toBe(false)
    await run.note({ hello: 1 })
    await run.close()
    const manifest = JSON.parse(await readFile(join(directory, 'manifest.json'), 'utf8'))
    expect(manifest).toMatchObject({ format: 1, seed: 7, panels: [{ name: 'valid', hash: panel.hash, tasks: 4 }] })
    expect(JSON.parse(await readFile(join(directory, 'panels/valid.json'), 'utf8'))).toEqual(panel)
    const again = (await openToyRun(directory, environment, { nodeVersion: 'v1' })).run
    expect(again.resumed).toBe(true)
    expect(again.manifest).toEqual(manifest)
    expect(again.changes.map(({ field }) => field)).toContain('nodeVersion')
    await again.close()
    const events = await readJournal(join(directory, 'journal.jsonl'))
    expect(events.map(({ event }) => event)).toEqual(['opened', 'note', 'closed', 'opened', 'closed'])
    expect(events[3]).toMatchObject({ resumed: true, nodeVersion: 'v1' })
    expect(existsSync(join(directory, 'lock.json'))).toBe(false)
  })

  it('refuses another configuration and other games, and lets go of the lock', async () => {
    const directory = fresh()
    await (await openToyRun(directory, environment)).run.close()
    const base = { leapVersion: '0.0.0', environment: 'toy', games: 'toy', seed: 7 }
    await expect(openToyRun(directory, environment, { manifest: { ...base, config: { steps: 7 } } })).rejects.toThrow(
      /config\.steps was 6 and is now 7/,
    )
    await expect(openToyRun(directory, createToyEnvironment({ count: 4, boxes: 9 }))).rejects.toThrow(
      /panels\.valid\.hash/,
    )
    const free = await openToyRun(directory, environment, {
      manifest: { ...base, config: { steps: 7 } },
      free: ['config.steps'],
    })
    await free.run.close()
  })

  it('keeps a second process out', async () => {
    const directory = fresh()
    const { run } = await openToyRun(directory, environment)
    await expect(openToyRun(directory, environment)).rejects.toMatchObject({ code: 'RUN_LOCKED' })
    await run.close()
  })

  it('does not fill a folder that holds something else, and names a damaged manifest', async () => {
    const foreign = fresh()
    await (await openToyRun(foreign, environment)).run.close()
    await rm(join(foreign, 'manifest.json'))
    await writeFile(join(foreign, 'thesis.tex'), 'precious')
    await expect(openToyRun(foreign, environment)).rejects.toThrow(/found thesis\.tex/)
    const damaged = fresh()
    await (await openToyRun(damaged, environment)).run.close()
    await truncate(join(damaged, 'manifest.json'), 40)
    await expect(openToyRun(damaged, environment)).rejects.toThrow(/manifest\.json: expected JSON/)
    await writeFile(join(damaged, 'manifest.json'), '{"format":2}')
    await expect(openToyRun(damaged, environment)).rejects.toThrow(/manifest\.json: field "format"/)
  })

  it('removes what a killed process was about to put in place', async () => {
    const directory = fresh()
    await (await openToyRun(directory, environment)).run.close()
    const left = [
      'panels/valid.json.0123abcd.tmp',
      'checkpoints/pi_0.0123abcd.tmp/config.json',
      'checkpoints/pi_0.0123abcd.old/config.json',
      'scratch/pi_0/state-0123.safetensors.0123abcd.tmp',
    ].map((path) => join(directory, path))
    const kept = ['checkpoints/pi_0/config.json', 'scratch/pi_0/state-0123.safetensors'].map((path) =>
      join(directory, path),
    )
    for (const path of [...left, ...kept]) {
      await mkdir(dirname(path), { recursive: true })
      await writeFile(path, 'half')
    }
    await (await openToyRun(directory, environment)).run.close()
    expect(left.filter((path) => existsSync(path))).toEqual([])
    expect(kept.filter((path) => existsSync(path))).toEqual(kept)
    expect(await readdir(join(directory, 'checkpoints'))).toEqual(['pi_0'])
  })
})

describe('Run.phase', () => {
  it('does a phase once and returns its recorded result afterwards, in this process and the next', async () => {
    const directory = fresh()
    let calls = 0
    const work = async () => ({ calls: ++calls, dropped: undefined, date: new Date(0) })
    const first = (await openToyRun(directory, environment)).run
    const result = await first.phase('train', { data: 'abc' }, work)
    expect(result).toEqual({ calls: 1, date: '1970-01-01T00:00:00.000Z' })
    expect(await first.phase('train', { data: 'abc' }, work)).toEqual(result)
    await first.close()
    const second = (await openToyRun(directory, environment)).run
    expect(await second.phase('train', { data: 'abc' }, work)).toEqual(result)
    expect(calls).toBe(1)
    await second.close()
    const finished = (await readJournal(second.paths.journal)).filter(({ event }) => event === 'phase-finished')
    expect(finished).toHaveLength(1)
    expect(finished[0]).toMatchObject({ phase: 'train', seconds: expect.any(Number) })
  })

  it('does a phase again that did not finish', async () => {
    const directory = fresh()
    const first = (await openToyRun(directory, environment)).run
    const failing = first.phase('train', {}, async () => {
      throw new Error('interrupted')
    })
    await expect(failing).rejects.toThrow('interrupted')
    expect(await first.phase('train', {}, async () => 5)).toBe(5)
    await first.close()
  })

  it('names the input that changed', async () => {
    const directory = fresh()
    const { run } = await openToyRun(directory, environment)
    await run.phase('train', { data: 'abc', rank: 8 }, async () => 1)
    await expect(run.phase('train', { data: 'abd', rank: 8 }, async () => 2)).rejects.toThrow(
      /finished with another "data"/,
    )
    await expect(run.phase('train', { data: 'abc' }, async () => 2)).rejects.toThrow(/another "rank" .*now absent/)
    await run.phase('judge', { x: 1 }, () => Promise.reject(new Error('stop'))).catch(() => {})
    await run.close()
    const again = (await openToyRun(directory, environment)).run
    await expect(again.phase('judge', { x: 2 }, async () => 2)).rejects.toMatchObject({
      code: 'RUN_PHASE_INPUTS_CHANGED',
      message: expect.stringContaining('begun with another "x"'),
    })
    await again.close()
  })

  it('refuses to run a phase twice at once', async () => {
    const { run } = await openToyRun(fresh(), environment)
    const gate = Promise.withResolvers<number>()
    const first = run.phase('train', {}, () => gate.promise)
    await expect(run.phase('train', {}, async () => 2)).rejects.toMatchObject({ code: 'RUN_PHASE_TWICE' })
    gate.resolve(1)
    expect(await first).toBe(1)
    await run.close()
  })

  it('removes partial files after the phase is recorded, not before', async () => {
    const directory = fresh()
    const { run } = await openToyRun(directory, environment)
    const path = run.paths.corrections('one')
    const collect = (fail: boolean) =>
      run.phase('one', {}, async (phase) => {
        await phase.collect({ path, schema }, async (sink) => {
          if (!sink.has('a')) await sink.add('a', [{ id: 'a' }])
        })
        if (fail) throw new Error('after the file was written')
      })
    await expect(collect(true)).rejects.toThrow('after')
    expect(existsSync(run.paths.partial(path))).toBe(true)
    await expect(run.records(path, schema)).rejects.toMatchObject({ code: 'RUN_FILE_UNKNOWN' })
    await collect(false)
    expect(existsSync(run.paths.partial(path))).toBe(false)
    expect(await (await run.records(path, schema)).all()).toEqual([{ id: 'a' }])
    await run.close()
    // As if killed between the journal's line and the removal.
    await writeFile(run.paths.partial(path), '{"key":"a","records":[{"id":"a"}]}\n')
    const again = (await openToyRun(directory, environment)).run
    expect(existsSync(run.paths.partial(path))).toBe(false)
    await writeFile(path, 'changed')
    await expect(again.records(path, schema)).rejects.toThrow(/expected 11 bytes .* found 7 bytes/)
    await rm(path)
    await expect(again.records(path, schema)).rejects.toThrow(/found no file/)
    await again.close()
  })
})

describe('Run files', () => {
  it('writes datasets and evaluations whole and reads evaluations back', async () => {
    const { run } = await openToyRun(fresh(), environment)
    const path = await run.writeDataset('sft-1', [{ prompt: 'a' }, { prompt: 'b' }])
    expect(await readFile(path, 'utf8')).toBe('{"prompt":"a"}\n{"prompt":"b"}\n')
    expect(await run.readEvaluations()).toEqual([])
    const evaluation = evaluateTrajectories({
      policy: 'openai:gpt/4',
      panel: fakePanel(2),
      trajectories: fakeTrajectories(['success', 'failure']),
      maxSteps: 5,
    })
    await run.writeEvaluation(evaluation)
    expect(await run.readEvaluations()).toEqual([evaluation])
    await run.close()
  })
})
