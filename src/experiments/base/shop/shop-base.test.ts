import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readCheckpoint } from '../../../transformer/checkpoint.ts'
import { tinyTraining } from '../testing/tiny-training.ts'
import { trainTwice } from '../testing/train-twice.ts'
import { pretrainShopBase, shopBase } from './shop-base.ts'
import { shopReplayRows } from './shop-replay.ts'

let root = ''
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'leap-shop-base-'))
})
afterAll(() => rm(root, { recursive: true }))

const tiny = { ...shopBase, ...tinyTraining, products: 120 }

describe('pretraining in the shop', () => {
  it('learns, writes a checkpoint that can be read, and makes the same one again', async () => {
    const folder = await trainTwice(root, (watch) => pretrainShopBase({ ...tiny, ...watch }))
    const { text, config } = await readCheckpoint(folder)
    expect(config.num_hidden_layers).toBe(1)
    expect(text.encode(' They want red. It is missing.')).toHaveLength(8)
  })
})

describe('text against forgetting', () => {
  it('is of strolls of its own, as many as asked for, by the seed', () => {
    const rows = shopReplayRows(6, 1)
    expect(new Set(rows.map(({ trajectoryId }) => trajectoryId)).size).toBe(6)
    expect(shopReplayRows(6, 1)).toEqual(rows)
    expect(shopReplayRows(6, 2)).not.toEqual(rows)
    expect(rows.every(({ prompt }) => prompt[0]!.content.endsWith('REASON:'))).toBe(true)
  })
})
