import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createStudent } from '../../src/training/local/create-student.ts'
import { checkAdapter } from '../../src/training/serving/check-adapter.ts'
import { rows, scores, texts, train } from './support.ts'

// QLoRA: bitsandbytes has kernels for the CPU too, so that the very settings of a GPU are run here, on a Llama whose rows fill whole blocks of 64 numbers.

let root: string
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'leap-qlora-'))
  const size = { hidden_size: 64, intermediate_size: 128, num_hidden_layers: 2, num_attention_heads: 2 }
  const positions = { num_key_value_heads: 1, max_position_embeddings: 512 }
  await createStudent({ to: join(root, 'base'), texts, size: { ...size, ...positions }, seed: 1 })
})
afterAll(() => rm(root, { recursive: true }))

describe('an adapter over weights of four bits', () => {
  it('is trained near them, and teaches the whole weights the same', async () => {
    const before = await scores(join(root, 'base'))
    const to = join(root, 'four')
    const { progress } = await train(
      { data: { rule: 'sft', examples: rows.sft }, from: join(root, 'base'), to },
      {},
      { quantisation: '4bit' },
    )
    expect(progress).toHaveLength(6)
    expect(progress.at(-1)!.loss).toBeLessThan(progress[0]!.loss - 0.3)
    // The first loss is that of rounded weights: near the whole ones', and not the same.
    const gap = Math.abs(progress[0]!.loss + before.good)
    expect(gap).toBeGreaterThan(1e-4)
    expect(gap).toBeLessThan(0.5)
    expect(await checkAdapter(to)).toMatchObject({ rank: 4, layers: 2 })
    expect((await scores(to)).good).toBeGreaterThan(before.good + 0.5)
  })
})
