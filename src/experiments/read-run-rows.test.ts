import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Trajectory } from '../contracts/trajectory.ts'
import { compactRenderer } from '../datasets/step-example.ts'
import { runPaths } from '../runs/run-paths.ts'
import { hashText } from '../support/hash.ts'
import { writeLinesAtomic } from '../support/write-lines-atomic.ts'
import { readRunRows } from './read-run-rows.ts'

let root = ''
const paths = () => runPaths(root)
const task = { id: 't', environment: 'toy', split: 'train', category: 'near' }
const observation = 'A room.'
const prompt = compactRenderer.prompt({
  instruction: 'find it',
  history: [],
  observation,
  candidates: ['look', 'wait'],
})
const trajectory = (phase: string, more: object = {}): Trajectory => ({
  id: `${phase}/t#0`,
  task,
  policy: 'pi_0',
  instruction: 'find it',
  steps: [
    {
      observation,
      candidates: ['look', 'wait'],
      reason: 'So.',
      action: 'wait',
      score: 0,
      admissible: true,
      promptHash: hashText([prompt]),
      ...more,
    },
  ],
  finalObservation: '',
  score: 0,
  outcome: 'failure',
})
const row = (phase: string, iteration: number) => ({
  trajectoryId: `${phase}/t#0`,
  step: 0,
  source: iteration === 0 ? 'demonstration' : 'correction',
  iteration,
  completion: ' Look first. ACTION: look\n',
})
const write = (path: string, records: unknown[]) =>
  writeLinesAtomic(
    path,
    records.map((record) => JSON.stringify(record)),
  )

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'leap-rows-'))
  await write(paths().trajectories('demonstrations'), [trajectory('demonstrations')])
  await write(paths().trajectories('rollout-2'), [trajectory('rollout-2')])
  await write(paths().trajectories('rollout-10'), [trajectory('rollout-10', { byTeacher: true })])
  await write(paths().dataset('demonstrations'), [row('demonstrations', 0)])
  await write(paths().dataset('corrections-10'), [row('rollout-10', 10)])
  await write(paths().dataset('corrections-2'), [row('rollout-2', 2)])
})
afterAll(() => rm(root, { recursive: true }))

describe('readRunRows', () => {
  it('gives the datasets in their order, with the prompt that was played and what the student said where it acted', async () => {
    const datasets = await readRunRows({ paths: paths(), renderer: compactRenderer })
    expect(datasets.map(([first]) => first!.iteration)).toEqual([0, 2, 10])
    for (const [first] of datasets) expect(first!.prompt).toEqual([{ role: 'user', content: prompt }])
    expect(datasets.map(([first]) => first!.rejected)).toEqual([undefined, ' So. ACTION: wait\n', undefined])
  })

  it('refuses prompts other than the played ones, unless they are asked for', async () => {
    const renderer = {
      prompt: () => 'another prompt',
      completion: ({ reason, action }: { reason: string; action: string }) => `${reason}|${action}`,
    }
    await expect(readRunRows({ paths: paths(), renderer })).rejects.toMatchObject({ code: 'EXPORT_PROMPT_DIFFERS' })
    const [, [second]] = (await readRunRows({ paths: paths(), renderer, otherPrompts: true })) as [unknown, [object]]
    expect(second).toMatchObject({ completion: 'Look first.|look', rejected: 'So.|wait' })
  })

  it('says which trajectory is gone', async () => {
    const path = paths().trajectories('rollout-2')
    const content = await readFile(path)
    await writeFile(path, '')
    const reading = readRunRows({ paths: paths(), renderer: compactRenderer })
    await expect(reading).rejects.toThrow(/step 0 of trajectory rollout-2\/t#0, which the run does not hold/)
    await writeFile(path, content)
  })
})
