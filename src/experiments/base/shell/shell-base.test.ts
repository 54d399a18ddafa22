import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readCheckpoint } from '../../../transformer/checkpoint.ts'
import { pretrainShellBase, shellBase } from './shell-base.ts'
import { shellReplayRows } from './shell-replay.ts'

let root = ''
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'leap-shell-base-'))
})
afterAll(() => rm(root, { recursive: true }))

const tiny = {
  ...shellBase,
  architecture: {
    ...shellBase.architecture,
    hidden_size: 32,
    intermediate_size: 32,
    num_hidden_layers: 1,
    num_attention_heads: 1,
    num_key_value_heads: 1,
  },
  steps: 12,
  tokensPerBatch: 600,
  threads: 1,
}

describe('pretraining at the shell', () => {
  it('learns, writes a checkpoint that can be read, and makes the same one again', async () => {
    const losses: number[] = []
    const make = async (name: string) => {
      const folder = join(root, name)
      await pretrainShellBase({ ...tiny, folder, onStep: ({ loss }) => void losses.push(loss) })
      return readFile(join(folder, 'model.safetensors'))
    }
    const first = await make('first')
    expect(losses).toHaveLength(12)
    expect(losses.at(-1)!).toBeLessThan(losses[0]!)
    expect((await make('second')).equals(first)).toBe(true)
    const { text } = await readCheckpoint(join(root, 'first'))
    expect(text.encode(' The file is submit').length).toBeLessThanOrEqual(5)
    // A name that nobody has read is spelled alike wherever it stands.
    const [alone, behind] = [text.encode('kelgarvax'), text.encode(' kelgarvax')]
    expect(behind.slice(1)).toEqual(alone)
  })
})

describe('text against forgetting', () => {
  it('is of strolls of its own, as many as asked for, by the seed', () => {
    const rows = shellReplayRows(6, 1)
    expect(new Set(rows.map(({ trajectoryId }) => trajectoryId)).size).toBe(6)
    expect(shellReplayRows(6, 1)).toEqual(rows)
    expect(shellReplayRows(6, 2)).not.toEqual(rows)
    expect(rows.every(({ prompt }) => prompt[0]!.content.endsWith('REASON:'))).toBe(true)
  })
})
