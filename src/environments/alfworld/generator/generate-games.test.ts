import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { generateGames, writeGames } from './generate-games.ts'
import type { GeneratedSplit } from './generator.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'leap-games-'))
})
afterAll(() => rm(folder, { recursive: true }))

describe('generateGames', () => {
  test('starts anywhere', () => {
    const all = [...generateGames({ seed: 3, split: 'train', count: 6 })]
    const late = [...generateGames({ seed: 3, split: 'train', first: 4, count: 2 })]
    expect(late).toEqual(all.slice(4))
  })

  test('names the splits there are', () => {
    const draw = () => [...generateGames({ seed: 3, split: 'test' as GeneratedSplit, count: 1 })]
    expect(draw).toThrow(/no split "test" \(available: train, valid_seen, valid_unseen\)/)
  })
})

describe('writeGames', () => {
  test('writes the very games, in the layout of the official data, with the options beside them', async () => {
    const progress: number[] = []
    const counts = { train: 40, valid_unseen: 2 }
    const written = await writeGames(folder, { seed: 3, counts, onProgress: (done) => progress.push(done) })
    expect(written).toBe(42)
    expect(progress).toEqual([32, 40, 42])
    for (const split of ['train', 'valid_unseen'] as const)
      for (const { id, text } of generateGames({ seed: 3, split, count: counts[split] }))
        expect(await readFile(join(folder, id, 'game.tw-pddl'), 'utf8')).toBe(text)
    expect(JSON.parse(await readFile(join(folder, 'generator.json'), 'utf8'))).toEqual({ seed: 3, counts })
  })
})
