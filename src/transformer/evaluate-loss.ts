import { availableParallelism } from 'node:os'
import { encodeGraph } from '../tensor/encode-graph.ts'
import { GraphPool } from '../tensor/graph-pool.ts'
import type { PlainTensor } from '../tensor/graph-worker-protocol.ts'
import type { ParameterStore } from '../tensor/parameter-store.ts'
import { checkBatch } from './check-batch.ts'
import type { LlamaConfig } from './config.ts'
import type { LoraSettings } from './lora.ts'
import { microBatches } from './micro-batches.ts'
import type { PackedBatch } from './packed-batch.ts'
import { buildTrainingGraph } from './training-graph.ts'

export interface EvaluateOptions {
  config: LlamaConfig
  parameters: ParameterStore
  adapter?: { settings: LoraSettings; parameters: ParameterStore } | undefined
  batches: Iterable<PackedBatch>
  /** Threads; the result does not depend on it. Default: one per core. */
  threads?: number | undefined
  /** Token slots per run of the graph. */
  tokensPerRun?: number | undefined
}

/** -log p(target), nats, for every target of every batch, in the order of the batches. Without dropout. */
export async function evaluateLosses(options: EvaluateOptions): Promise<Float32Array[]> {
  const { config, parameters, adapter, batches, threads = availableParallelism(), tokensPerRun = 1024 } = options
  const fixed: Record<string, PlainTensor> = {}
  for (const store of adapter ? [parameters, adapter.parameters] : [parameters])
    for (const { name, shape } of store.slots) fixed[name] = { type: 'float32', data: store.get(name), shape }
  const model = encodeGraph(buildTrainingGraph(config, { lora: adapter?.settings }))
  const pool = await GraphPool.open({ model, fixed, gradientSlots: [], lanes: [] }, threads)
  try {
    const results: Float32Array[] = []
    for (const batch of batches) {
      checkBatch(batch, config)
      const pieces = microBatches(batch, tokensPerRun)
      const outputs = await pool.run(pieces.map((piece) => piece.feeds))
      const losses = new Float32Array(batch.targets.length)
      pieces.forEach((piece, index) => {
        piece.losses.forEach((loss, place) => {
          losses[loss] = outputs[index]!.losses![place]!
        })
      })
      results.push(losses)
    }
    return results
  } finally {
    await pool.close()
  }
}

/** Weighted mean loss per target over all batches, nats. */
export async function evaluateLoss(options: EvaluateOptions & { batches: readonly PackedBatch[] }): Promise<number> {
  const losses = await evaluateLosses(options)
  let total = 0
  let weight = 0
  options.batches.forEach((batch, index) => {
    batch.weights.forEach((one, place) => {
      total += one * losses[index]![place]!
      weight += one
    })
  })
  return total / weight
}
