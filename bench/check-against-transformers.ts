import { encodeGraph } from '../src/tensor/encode-graph.ts'
import { GraphPool } from '../src/tensor/graph-pool.ts'
import type { ParameterStore } from '../src/tensor/parameter-store.ts'
import { type LlamaConfig, parseLlamaConfig } from '../src/transformer/config.ts'
import { evaluateLosses } from '../src/transformer/evaluate-loss.ts'
import { initialiseLlama } from '../src/transformer/initialise.ts'
import { microBatches } from '../src/transformer/micro-batches.ts'
import type { PackedBatch } from '../src/transformer/packed-batch.ts'
import { buildTrainingGraph, gradientName } from '../src/transformer/training-graph.ts'
import { PyTorchPeer, peerPython } from './pytorch-peer.ts'
import { causalBatch, treeBatch } from './student-models.ts'

const base = {
  hidden_size: 48,
  intermediate_size: 96,
  num_hidden_layers: 3,
  num_attention_heads: 6,
  vocab_size: 101,
  max_position_embeddings: 512,
}
const configs: Record<string, LlamaConfig> = {
  'grouped queries, untied head': parseLlamaConfig({ ...base, num_key_value_heads: 2 }),
  'tied head, attention bias (Qwen2)': parseLlamaConfig({
    ...base,
    model_type: 'qwen2',
    num_key_value_heads: 3,
    tie_word_embeddings: true,
  }),
  'own head size, rope_theta 500000, epsilon 1e-5': parseLlamaConfig({
    ...base,
    head_dim: 16,
    rope_theta: 5e5,
    rms_norm_eps: 1e-5,
  }),
}
const tolerance = 1e-4

/**
 * Compares losses and gradients of random models with transformers' LlamaForCausalLM and Qwen2ForCausalLM in float32, on causal rows and on token
 * trees. Throws if a difference exceeds 1e-4 (losses: absolute, in nats; gradients: norms, relative).
 */
export async function run(print: (line: string) => void): Promise<void> {
  const python = await peerPython(print)
  for (const [name, config] of Object.entries(configs)) {
    const parameters = initialiseLlama(config, 11)
    for (const slot of parameters.slots) if (slot.name.endsWith('.bias')) parameters.get(slot.name).fill(0.1)
    for (const [kind, batch] of [
      ['causal', causalBatch(config, 3, 128)],
      ['trees', treeBatch(config, 2, 192)],
    ] as const) {
      const peer = await PyTorchPeer.open(python, { config, parameters, batch, threads: 1 })
      const theirs = (await peer.ask({ do: 'losses' })).losses as number[]
      const [ours] = await evaluateLosses({ config, parameters, batches: [batch], threads: 1 })
      const losses = Math.max(...theirs.map((loss, index) => Math.abs(loss - ours![index]!)))
      const norms = (await peer.ask({ do: 'gradients' })).norms as Record<string, number>
      const found = await gradientNorms(config, parameters, batch)
      const gradients = Math.max(...[...found].map(([key, norm]) => Math.abs(norm - norms[key]!) / norms[key]!))
      peer.close()
      print(
        `${peer.versions}; ${name}, ${kind}: largest difference of ${theirs.length} losses ${losses.toExponential(1)}, of ${found.size} gradient norms ${gradients.toExponential(1)}`,
      )
      if (!(losses < tolerance && gradients < tolerance))
        throw new Error(`${name}, ${kind}: differs from transformers by more than ${tolerance}`)
    }
  }
}

async function gradientNorms(
  config: LlamaConfig,
  parameters: ParameterStore,
  batch: PackedBatch,
): Promise<Map<string, number>> {
  const trainable = parameters.slots.map((slot) => slot.name)
  const graph = buildTrainingGraph(config, { trainable })
  const fixed = Object.fromEntries(
    parameters.slots.map(({ name, shape }) => [name, { type: 'float32' as const, data: parameters.get(name), shape }]),
  )
  const pool = await GraphPool.open({ model: encodeGraph(graph), fixed, gradientSlots: [], lanes: [] }, 1)
  try {
    const [outputs] = await pool.run(microBatches(batch, 2 ** 20).map((piece) => piece.feeds))
    return new Map(trainable.map((name) => [name, Math.hypot(...outputs![gradientName(name)]!)]))
  } finally {
    await pool.close()
  }
}
