import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createRandom } from '../../support/random.ts'
import { mergeAdapter } from '../adapter.ts'
import { parseLlamaConfig } from '../config.ts'
import { loraParameters } from '../lora.ts'
import { llamaParameters } from '../parameters.ts'
import { encodeAdapterGguf } from './adapter-gguf.ts'
import { readGgufHeader } from './gguf-file.ts'
import { fromGgufRows, toGgufRows } from './rotary-rows.ts'

const random = createRandom(1, 'weights')
const fill = (shapes: readonly { name: string; shape: readonly number[] }[]) =>
  new Map(
    shapes.map(({ name, shape }) => [
      name,
      { shape, data: Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => random.next() - 0.5) },
    ]),
  )
const size = {
  ...{ vocab_size: 10, hidden_size: 16, intermediate_size: 24, num_hidden_layers: 2, num_attention_heads: 2 },
  ...{ num_key_value_heads: 1, max_position_embeddings: 32 },
}

it.each([
  'llama',
  'qwen2',
] as const)('adds to the tensors of a %s file what the adapter adds to those of a folder', async (type) => {
  const config = parseLlamaConfig({ ...size, model_type: type }, 'config.json')
  const settings = {
    rank: 3,
    alpha: 6,
    dropout: 0,
    targetModules: ['q_proj', 'k_proj', 'v_proj', 'down_proj'] as const,
  }
  const [weights, adapter] = [fill(llamaParameters(config)), fill(loraParameters(config, settings))]
  const merged = mergeAdapter(config, weights, { settings, weights: adapter })

  const folder = await mkdtemp(join(tmpdir(), 'leap-gguf-adapter-'))
  const bytes = encodeAdapterGguf(config, { settings, weights: adapter })
  await writeFile(join(folder, 'adapter.gguf'), bytes)
  const { metadata, tensors, dataStart } = await readGgufHeader(join(folder, 'adapter.gguf'))
  await rm(folder, { recursive: true })
  expect(Object.fromEntries(metadata)).toMatchObject({
    'general.architecture': type,
    'general.type': 'adapter',
    'adapter.type': 'lora',
    'adapter.lora.alpha': 6,
  })
  expect(tensors).toHaveLength(2 * 2 * 4)
  const read = (name: string) => {
    const { dimensions, offset } = tensors.find((one) => one.name === name)!
    const start = bytes.byteOffset + dataStart + offset
    return {
      dimensions,
      data: new Float32Array(bytes.buffer.slice(start, start + 4 * dimensions[0]! * dimensions[1]!)),
    }
  }
  for (const [part, projection] of [
    ['attn_q', 'self_attn.q_proj'],
    ['attn_k', 'self_attn.k_proj'],
    ['attn_v', 'self_attn.v_proj'],
    ['ffn_down', 'mlp.down_proj'],
  ]) {
    const path = `model.layers.1.${projection}.weight`
    const weight = weights.get(path)!
    const a = read(`blk.1.${part}.weight.lora_a`)
    const b = read(`blk.1.${part}.weight.lora_b`)
    const [out, input] = weight.shape as [number, number]
    expect([a.dimensions, b.dimensions]).toEqual([
      [input, 3],
      [3, out],
    ])
    // The file's own tensor plus the file's own adapter, as llama.cpp computes it, in the folder's order again.
    const sum = toGgufRows(path, weight, config).slice()
    for (let row = 0; row < out; row++)
      for (let inner = 0; inner < 3; inner++)
        for (let column = 0; column < input; column++)
          sum[row * input + column]! += 2 * b.data[row * 3 + inner]! * a.data[inner * input + column]!
    const back = fromGgufRows(path, { shape: weight.shape, data: sum }, config)
    const largest = Math.max(...back.map((value, index) => Math.abs(value - merged.get(path)!.data[index]!)))
    expect(largest).toBeLessThan(1e-5)
  }
  const moved = toGgufRows('q_proj', weights.get('model.layers.0.self_attn.q_proj.weight')!, config)
  const given = weights.get('model.layers.0.self_attn.q_proj.weight')!.data
  expect(moved.join() === given.join()).toBe(type === 'qwen2')
})
