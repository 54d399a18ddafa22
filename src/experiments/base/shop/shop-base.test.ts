import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readCheckpoint } from '../../../transformer/checkpoint.ts'
import { pretrainShopBase, shopBase } from './shop-base.ts'
import { shopReplayRows } from './shop-replay.ts'

let root = ''
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'leap-shop-base-'))
})
afterAll(() => rm(root, { recursive: true }))

const tiny = {
  ...shopBase,
  architecture: {
    ...shopBase.architecture,
    hidden_size: 32,
    intermediate_size: 32,
    num_hidden_layers: 1,
    num_attention_heads: 1,
    num_key_value_heads: 1,
  },
  products: 120,
  steps: 12,
  tokensPerBatch: 600,
  threads: 1,
}

describe('pretraining in the shop', () => {
  it('learns, writes a checkpoint that can be read, and makes the same one again', async () => {
    const losses: number[] = []
    const make = async (name: string) => {
      const folder = join(root, name)
      await pretrainShopBase({ ...tiny, folder, onStep: ({ loss }) => void losses.push(loss) })
      return readFile(join(folder, 'model.safetensors'))
    }
    const first = await make('first')
    expect(losses).toHaveLength(12)
    expect(losses.at(-1)!).toBeLessThan(losses[0]!)
    expect((await make('second')).equals(first)).toBe(true)
    const { text, config } = await readCheckpoint(join(root, 'first'))
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
