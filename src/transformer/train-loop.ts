import { availableParallelism } from 'node:os'
import { LeapError } from '../contracts/error.ts'
import { createRandom } from '../support/random.ts'
import type { DecayRange } from '../tensor/adamw.ts'
import { encodeGraph } from '../tensor/encode-graph.ts'
import { GraphPool } from '../tensor/graph-pool.ts'
import type { PlainTensor } from '../tensor/graph-worker-protocol.ts'
import { muonMomentum } from '../tensor/muon.ts'
import { type ParameterStore, sharedFloats } from '../tensor/parameter-store.ts'
import { cosineLearningRate } from '../tensor/schedule.ts'
import { checkBatch } from './check-batch.ts'
import type { LlamaConfig } from './config.ts'
import { checkLora, type LoraSettings } from './lora.ts'
import { type MicroBatch, microBatches } from './micro-batches.ts'
import { splitForMuon } from './muon-matrices.ts'
import { metricPrefix, type Objective } from './objectives/objective.ts'
import type { PackedBatch } from './packed-batch.ts'
import { buildTrainingGraph, gradientName } from './training-graph.ts'

export interface OptimiserSettings {
  /** `muon`: Muon (Jordan et al. 2024) for the projections inside decoder layers, AdamW for everything else, an adapter included. */
  optimiser: 'adamw' | 'muon'
  /** AdamW's peak of the cosine schedule. */
  learningRate: number
  /** Muon's peak of the same schedule. */
  muonLearningRate: number
  /** Learning rate of the last step as a share of the peak. */
  minLearningRateShare: number
  warmupSteps: number
  /** Decoupled decay of matrices; norms and biases are not decayed. */
  weightDecay: number
  betas: readonly [number, number]
  epsilon: number
  /** Largest norm of a step's whole gradient; Infinity = no clipping. */
  clip: number
}

/** Good values for training a small student from scratch. */
export const defaultOptimiser: OptimiserSettings = {
  optimiser: 'adamw',
  learningRate: 2e-3,
  muonLearningRate: 0.02,
  minLearningRateShare: 0.1,
  warmupSteps: 20,
  weightDecay: 0.05,
  betas: [0.9, 0.98],
  epsilon: 1e-8,
  clip: 1,
}

/** All that a training needs to go on: beside it only the weights, which it trains in place. Arrays as long as the trained store's. */
export interface TrainingState {
  /** Updates done. */
  step: number
  /** Muon's momentum in the matrices that it updates. */
  firstMoment: Float32Array
  secondMoment: Float32Array
}

/** What one update trains on. */
export interface TrainingBatch extends PackedBatch {
  /** What the sums of loss and gradient are divided by; the sum of `weights` if left out (the mean per target). */
  total?: number
  /** What the objective is fed beside the batch itself, for a piece of it. */
  feeds?(piece: MicroBatch): Record<string, PlainTensor>
  /** Numbers of this batch for the report. */
  metrics?: Record<string, number>
}

export interface StepReport {
  /** Updates done, this one included. */
  step: number
  /** Weighted mean loss per target, nats; with an objective of another unit, per unit of {@link TrainingBatch.total}. */
  loss: number
  /** The objective's metrics, in the same mean, and those of the batch. */
  metrics: Record<string, number>
  /** Norm of the mean gradient before clipping. */
  gradientNorm: number
  learningRate: number
  /** Token slots of the batch, padding included, and the targets among them. */
  tokens: number
  targets: number
}

export interface TrainOptions {
  config: LlamaConfig
  /** The model's weights; trained in place unless there is an adapter. */
  parameters: ParameterStore
  /** Trains only these low-rank matrices; the model's weights stay as they are. */
  adapter?: { settings: LoraSettings; parameters: ParameterStore } | undefined
  /** Updates in all, those of a resumed state included. */
  steps: number
  /** What update `step` (from 0) trains on: one batch, or several whose gradients are accumulated. Must depend on the step alone. */
  batchAt(step: number): TrainingBatch | readonly TrainingBatch[] | Promise<TrainingBatch | readonly TrainingBatch[]>
  /** What is minimised; default: -log p of the targets. */
  objective?: Objective | undefined
  optimiser: OptimiserSettings
  /** Goes on from here: with the weights of that moment the result is the same bit for bit as without the interruption. */
  resume?: TrainingState | undefined
  /** Seed of LoRA's dropout. */
  seed: number
  /** Threads; the result does not depend on it. Default: one per core. */
  threads?: number | undefined
  /** Token slots per run of the graph: 512 where few numbers are trained (a small model, an adapter), else 1,024. Influences rounding. */
  tokensPerRun?: number | undefined
  /** Awaited after every update; weights and `state` stand still meanwhile and may be saved. */
  onStep?: ((report: StepReport, state: TrainingState) => void | Promise<void>) | undefined
  /** Stops after the update under way; the state returned can be resumed. */
  signal?: AbortSignal | undefined
}

/**
 * Trains on weighted next-token loss with AdamW or Muon, cosine schedule, clipping by global norm. A step's gradient is that of the
 * weighted mean loss over all its targets. Throws BATCH_INVALID, LORA_SETTINGS, and TRAINING_DIVERGED when loss or gradient
 * is no longer finite (the weights are then those before the failing step).
 */
export async function trainSteps(options: TrainOptions): Promise<TrainingState> {
  const { config, adapter, steps, optimiser, seed, signal } = options
  const trained = adapter?.parameters ?? options.parameters
  const tokensPerRun = options.tokensPerRun ?? defaultTokensPerRun(options)
  const state = options.resume ?? freshState(trained)
  const moments = { firstMoment: shared(state.firstMoment), secondMoment: shared(state.secondMoment) }
  const pool = await openPool(options, trained, moments)
  let step = state.step
  try {
    for (; step < steps && !signal?.aborted; step++) {
      const batches = [await options.batchAt(step)].flat() as TrainingBatch[]
      for (const batch of batches) checkBatch(batch, config)
      const pieces = batches.flatMap((batch) => {
        const cut = microBatches(batch, tokensPerRun)
        for (const piece of cut) Object.assign(piece.feeds, batch.feeds?.(piece))
        return cut
      })
      if (adapter && adapter.settings.dropout > 0)
        pieces.forEach((piece, index) => {
          piece.feeds.dropoutRows = dropoutRows(piece.tokens, seed, step, index)
        })
      const outputs = await pool.run(pieces.map((piece) => piece.feeds))
      const weight = sum(batches.map((batch) => batch.total ?? sum(batch.weights)))
      const loss = sum(outputs.map((output) => output.loss![0]!)) / weight
      const gradientNorm = await pool.reduce(pieces.length, 1 / weight)
      if (!Number.isFinite(loss) || !Number.isFinite(gradientNorm)) throw diverged(step, loss, gradientNorm)
      const { minLearningRateShare: minShare, warmupSteps } = optimiser
      const rateAt = (peak: number) => cosineLearningRate({ peak, minShare, warmupSteps, steps }, step)
      const learningRate = rateAt(optimiser.learningRate)
      const gradientScale = gradientNorm > optimiser.clip ? optimiser.clip / gradientNorm : 1
      await pool.update(
        { step: step + 1, learningRate, betas: optimiser.betas, epsilon: optimiser.epsilon, gradientScale },
        { learningRate: rateAt(optimiser.muonLearningRate), momentum: muonMomentum, gradientScale },
      )
      const tokens = sum(pieces.map((piece) => piece.tokens))
      const targets = sum(batches.map((batch) => batch.targets.length))
      const metrics = {
        ...meanMetrics(outputs, weight),
        ...Object.assign({}, ...batches.map((batch) => batch.metrics)),
      }
      const report = { step: step + 1, loss, metrics, gradientNorm, learningRate, tokens, targets }
      await options.onStep?.(report, { step: step + 1, ...moments })
    }
    return { step, ...moments }
  } finally {
    await pool.close()
  }
}

async function openPool(
  options: TrainOptions,
  trained: ParameterStore,
  moments: { firstMoment: Float32Array; secondMoment: Float32Array },
): Promise<GraphPool> {
  const { config, parameters, adapter, optimiser, threads = availableParallelism() } = options
  if (adapter) checkLora(adapter.settings)
  const trainable = trained.slots.map((slot) => slot.name)
  const graph = buildTrainingGraph(config, { lora: adapter?.settings, trainable, objective: options.objective })
  const fixed: Record<string, PlainTensor> = {}
  for (const store of adapter ? [parameters, adapter.parameters] : [parameters])
    for (const { name, shape } of store.slots) fixed[name] = { type: 'float32', data: store.get(name), shape }
  const { matrices, others } =
    optimiser.optimiser === 'muon'
      ? splitForMuon(config, trained.slots, optimiser.weightDecay)
      : { matrices: [], others: trained.slots }
  const decays = others.map(({ offset, size, shape }): DecayRange => {
    return { start: offset, end: offset + size, decay: shape.length > 1 ? optimiser.weightDecay : 0 }
  })
  return GraphPool.open(
    {
      model: encodeGraph(graph),
      fixed,
      gradientSlots: trained.slots.map(({ name, offset, shape }) => ({ output: gradientName(name), offset, shape })),
      lanes: Array.from({ length: laneCount(trained.values.length) }, () => sharedFloats(trained.values.length)),
      optimiser: { weights: trained.values, ...moments, decays, matrices },
    },
    threads,
  )
}

/**
 * Small pieces keep all threads busy to the end of a step; but every piece adds to all gradients, which for an adapter are few: SmolLM2-135M with one of rank 16 reads
 * 293 tokens a second on a thread in pieces of 1,024, 299 in pieces of 512.
 */
function defaultTokensPerRun({ parameters, adapter }: TrainOptions): number {
  return adapter || parameters.count < 3e6 ? 512 : 1024
}

/** As many micro-batches as can be summed side by side: eight, fewer for large models, whose sums take much memory. */
function laneCount(parameters: number): number {
  return Math.max(2, Math.min(8, Math.floor(2 ** 27 / parameters)))
}

/** The state before the first update. */
export function freshState(trained: ParameterStore): TrainingState {
  const { length } = trained.values
  return { step: 0, firstMoment: sharedFloats(length), secondMoment: sharedFloats(length) }
}

function shared(values: Float32Array): Float32Array {
  const copy = sharedFloats(values.length)
  copy.set(values)
  return copy
}

function dropoutRows(count: number, seed: number, step: number, piece: number): PlainTensor {
  const random = createRandom(seed, 'dropout', step, piece)
  return { type: 'float32', data: Float32Array.from({ length: count }, () => 1 + 63 * random.next()), shape: [count] }
}

function meanMetrics(outputs: readonly Record<string, Float32Array>[], weight: number): Record<string, number> {
  const names = Object.keys(outputs[0] ?? {}).filter((name) => name.startsWith(metricPrefix))
  return Object.fromEntries(
    names.map((name) => [name.slice(metricPrefix.length), sum(outputs.map((output) => output[name]![0]!)) / weight]),
  )
}

function sum(values: Iterable<number>): number {
  let total = 0
  for (const value of values) total += value
  return total
}

function diverged(step: number, loss: number, norm: number): LeapError {
  return new LeapError({
    code: 'TRAINING_DIVERGED',
    message: `update ${step + 1}: the loss is ${loss} and the gradient norm ${norm}, expected finite numbers`,
    remedy: 'Lower the learning rate or check the weights that the training started from.',
  })
}
