import { describe, expect, it } from 'vitest'
import { createRandom } from '../support/random.ts'
import type { ParameterStore } from '../tensor/parameter-store.ts'
import { type HostTensor, hostTensor, openSession } from '../tensor/session.ts'
import { type LlamaConfigInput, parseLlamaConfig } from './config.ts'
import { initialiseLlama, initialiseLora } from './initialise.ts'
import type { LoraSettings } from './lora.ts'
import { microBatches } from './micro-batches.ts'
import { buildTrainingGraph, gradientName } from './training-graph.ts'
import { packTree, type TokenNode } from './tree-testing.ts'

const small: LlamaConfigInput = {
  hidden_size: 8,
  intermediate_size: 12,
  num_hidden_layers: 2,
  num_attention_heads: 2,
  num_key_value_heads: 1,
  vocab_size: 11,
  max_position_embeddings: 64,
}
const lora: LoraSettings = { rank: 2, alpha: 4, dropout: 0.3, targetModules: ['q_proj', 'v_proj', 'down_proj'] }
const tree: TokenNode = {
  token: 1,
  next: [
    {
      token: 4,
      loss: 1,
      next: [
        { token: 3, loss: 0.5 },
        { token: 9, loss: 1, next: [{ token: 2, loss: 2 }] },
      ],
    },
    { token: 5, loss: 1 },
  ],
}

const cases: { name: string; config: LlamaConfigInput; adapter?: LoraSettings }[] = [
  { name: 'untied head, grouped queries', config: small },
  { name: 'tied head, biases (Qwen2)', config: { ...small, model_type: 'qwen2', tie_word_embeddings: true } },
  { name: 'head size of its own', config: { ...small, head_dim: 6, num_key_value_heads: 2 } },
  { name: 'adapter with dropout', config: small, adapter: lora },
]

describe('buildTrainingGraph', () => {
  it.each(cases)('has gradients equal to finite differences for every parameter: $name', async ({
    config: input,
    adapter,
  }) => {
    const config = parseLlamaConfig(input)
    const stores = [initialiseLlama(config, 3), ...(adapter ? [initialiseLora(config, adapter, 4)] : [])]
    for (const store of stores) blur(store)
    const trained = stores.at(-1)!
    const trainable = trained.slots.map((slot) => slot.name)
    const session = await openSession(buildTrainingGraph(config, { lora: adapter, trainable }), { threads: 1 })
    const [piece] = microBatches(packTree([tree], 64), 64)
    const feeds: Record<string, HostTensor> = {}
    for (const [name, { type, data, shape }] of Object.entries(piece!.feeds))
      feeds[name] = hostTensor(type, data, shape)
    for (const store of stores)
      for (const { name, shape } of store.slots) feeds[name] = hostTensor('float32', store.get(name), shape)
    const random = createRandom(1, 'rows')
    if (adapter)
      feeds.dropoutRows = hostTensor(
        'float32',
        Float32Array.from({ length: piece!.tokens }, () => 1 + 63 * random.next()),
        [piece!.tokens],
      )
    const weights = piece!.feeds.weights!.data as Float32Array
    // Summed in double precision: the graph's own sum has too few digits for differences.
    const loss = async () => {
      const { losses } = await session.run(feeds)
      return (losses!.data as Float32Array).reduce((sum, value, index) => sum + value * weights[index]!, 0)
    }
    const first = await session.run(feeds)
    expect((first.loss!.data as Float32Array)[0]).toBeCloseTo(await loss(), 3)
    for (const { name, size } of trained.slots) {
      const gradient = first[gradientName(name)]!.data as Float32Array
      const values = trained.get(name)
      expect(Math.max(...gradient.map(Math.abs)), `${name} receives a gradient`).toBeGreaterThan(1e-5)
      // Along the gradient itself and along two elements: a wrong direction or a wrong element shows.
      const norm = Math.hypot(...gradient)
      const directions = [Float32Array.from(gradient, (value) => value / norm)]
      for (let i = 0; i < 2; i++) {
        const direction = new Float32Array(size)
        direction[random.integer(size)] = 1
        directions.push(direction)
      }
      for (const direction of directions) {
        const original = Float32Array.from(values)
        const at = async (distance: number) => {
          for (let i = 0; i < size; i++) values[i] = original[i]! + distance * direction[i]!
          const result = await loss()
          values.set(original)
          return result
        }
        const slope = async (step: number) => ((await at(step)) - (await at(-step))) / (2 * step)
        const numeric = (4 * (await slope(0.01)) - (await slope(0.02))) / 3
        const analytic = direction.reduce((sum, value, index) => sum + value * gradient[index]!, 0)
        expect(
          Math.abs(numeric - analytic) / Math.max(1, Math.abs(numeric)),
          `${name}: ${numeric} and ${analytic}`,
        ).toBeLessThan(2e-3)
      }
    }
    await session.dispose()
  })
})

/** Moves norms off 1 and biases and B matrices off 0, where mistakes could hide. */
function blur(store: ParameterStore): void {
  const random = createRandom(5, 'blur')
  for (let i = 0; i < store.values.length; i++) store.values[i] = store.values[i]! + 0.2 * random.normal()
}
