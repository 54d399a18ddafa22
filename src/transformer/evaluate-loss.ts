import { availableParallelism } from 'node:os'
import { encodeGraph } from '../tensor/encode-graph.ts'
import { GraphPool } from '../tensor/graph-pool.ts'
import type { PlainTensor } from '../tensor/graph-worker-protocol.ts'
import type { ParameterStore } from '../tensor/parameter-store.ts'
import { checkBatch } from './check-batch.ts'
import type { LlamaConfig } from './config.ts'
import type { LoraSettings } from './lora.ts'
import { microBatches } from './micro-batches.ts'
import { nextToken, nextTokenLogits } from './objectives/next-token.ts'
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

/** A model that judges batches; see {@link openEvaluator}. */
export interface Evaluator {
  /** -log p(target), nats, for every target of the batch, in its order. */
  losses(batch: PackedBatch): Promise<Float32Array>
  /** The numbers before the softmax at every target of the batch, in its order: [vocabulary] each. Only with `logits`. */
  logits(batch: PackedBatch): Promise<Float32Array[]>
  close(): Promise<void>
}

/** Makes a model ready to judge batches, without dropout. It reads the weights as they are at each call, so a model in training can be watched. */
export async function openEvaluator(
  options: Omit<EvaluateOptions, 'batches'> & { logits?: boolean },
): Promise<Evaluator> {
  const { config, parameters, adapter, threads = availableParallelism(), tokensPerRun = 1024 } = options
  const fixed: Record<string, PlainTensor> = {}
  for (const store of adapter ? [parameters, adapter.parameters] : [parameters])
    for (const { name, shape } of store.slots) fixed[name] = { type: 'float32', data: store.get(name), shape }
  const objective = options.logits ? nextTokenLogits : nextToken
  const model = encodeGraph(buildTrainingGraph(config, { lora: adapter?.settings, objective }))
  const pool = await GraphPool.open({ model, fixed, gradientSlots: [], lanes: [] }, threads)
  /** Calls `take` with the outputs of the piece that holds it and its place there, for every target. */
  const run = async (
    batch: PackedBatch,
    take: (loss: number, output: Record<string, Float32Array>, place: number) => void,
  ) => {
    checkBatch(batch, config)
    const pieces = microBatches(batch, tokensPerRun)
    // An evaluator knows no completions: what they are needed for is done with its numbers.
    for (const { feeds } of pieces) delete feeds.segments
    const outputs = await pool.run(pieces.map((piece) => piece.feeds))
    pieces.forEach((piece, index) => {
      piece.losses.forEach((loss, place) => {
        take(loss, outputs[index]!, place)
      })
    })
  }
  return {
    async losses(batch) {
      const losses = new Float32Array(batch.targets.length)
      await run(batch, (loss, output, place) => {
        losses[loss] = output.losses![place]!
      })
      return losses
    },
    async logits(batch) {
      const rows: Float32Array[] = []
      const size = config.vocab_size
      await run(batch, (loss, output, place) => {
        rows[loss] = output.logits!.subarray(place * size, (place + 1) * size)
      })
      return rows
    },
    close: () => pool.close(),
  }
}

/** -log p(target), nats, for every target of every batch, in the order of the batches. Without dropout. */
export async function evaluateLosses({ batches, ...options }: EvaluateOptions): Promise<Float32Array[]> {
  const evaluator = await openEvaluator(options)
  try {
    const results: Float32Array[] = []
    for (const batch of batches) results.push(await evaluator.losses(batch))
    return results
  } finally {
    await evaluator.close()
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
