import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { importEpisodes } from '../datasets/import/import-episodes.ts'
import { compactRenderer } from '../datasets/step-example.ts'
import { readImportedDemonstrations } from './imported-demonstrations.ts'

let root = ''
const read = (games: number, seed = 1) => readImportedDemonstrations('data', { games, seed, cwd: root })

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'leap-demonstrations-'))
  const step = { observation: 'A room.', candidate_actions: ['look', 'wait'], action: 'look', reason: 'So.' }
  const logs = [
    ...Array.from({ length: 5 }, (_, index) => ({ id: `won ${index}`, task: 'find it', trajectory: [step] })),
    { id: 'lost', task: 'find it', trajectory: [{ ...step, score: 0 }] },
    { id: 'corrected', task: 'find it', trajectory: [{ ...step, corrected_reason: 'No.', corrected_action: 'wait' }] },
  ]
  await writeFile(join(root, 'logs.json'), JSON.stringify(logs))
  await importEpisodes({ from: [join(root, 'logs.json')], to: join(root, 'data') })
})
afterAll(() => rm(root, { recursive: true }))

describe('readImportedDemonstrations', () => {
  it('tells what was won from what a teacher corrected, and makes rows of both', async () => {
    const imported = await read(100)
    expect(imported.taken).toHaveLength(7)
    expect(imported.won.map(({ task }) => task.id).sort()).toEqual([0, 1, 2, 3, 4].map((index) => `won ${index}`))
    expect(imported.corrections(compactRenderer)).toMatchObject([
      {
        trajectoryId: 'demonstrations/corrected#0',
        source: 'correction',
        iteration: 0,
        completion: ' No. ACTION: wait\n',
        rejected: ' So. ACTION: look\n',
      },
    ])
  })

  it('takes no more than asked for, the same for the same seed', async () => {
    const ids = async (seed: number) => (await read(3, seed)).taken.map(({ id }) => id)
    expect(await ids(1)).toHaveLength(3)
    expect(await ids(1)).toEqual(await ids(1))
    expect(new Set(await Promise.all([1, 2, 3, 4].map(async (seed) => (await ids(seed)).join()))).size).toBeGreaterThan(
      1,
    )
  })

  it('says what is missing', async () => {
    const reading = readImportedDemonstrations('elsewhere', { games: 1, seed: 1, cwd: root })
    await expect(reading).rejects.toThrow(/found no trajectories\.jsonl in .*elsewhere\n.*leap import/)
  })
})
