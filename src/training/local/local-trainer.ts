import { relative } from 'node:path'
import type { Trainer, TrainRequest, TrainResult } from '../../contracts/trainer.ts'
import { type Clock, systemClock } from '../../support/clock.ts'
import { createRandom, deriveSeed } from '../../support/random.ts'
import { writeAdapter } from '../../transformer/adapter.ts'
import { writeCheckpoint } from '../../transformer/checkpoint.ts'
import { evaluateLoss } from '../../transformer/evaluate-loss.ts'
import {
  type PackingOptions,
  type PlannedBatch,
  packExamples,
  planBatches,
  treesOf,
} from '../../transformer/packing.ts'
import { trainSteps } from '../../transformer/train-loop.ts'
import { openModel, type TrainedModel } from './model.ts'
import type { RuleTraining } from './rules/rule.ts'
import { createRuleTraining } from './rules/rules.ts'
import { type LocalTrainingSettings, type ResolvedTrainingSettings, resolveTrainingSettings } from './settings.ts'
import { weightsOf } from './stores.ts'
import { tokeniseExamples } from './tokenise.ts'
import { clearStates, fingerprint, loadState, saveState } from './training-state.ts'

/**
 * Trains in this process by any of the rules of line 8 of Algorithm 1 (`./rules`). The result is determined by checkpoints, examples, seed and
 * settings: not by threads, and not by how often the training was killed and started again with the same `scratch`.
 * Throws TRAINING_SETTINGS now; later EXAMPLE_EMPTY, EXAMPLE_TOO_LONG, DATA_EMPTY, DATA_ONE_SIDED, TEACHER_VOCABULARY, TRAINING_DIVERGED; rejects
 * with the signal's reason when aborted.
 */
export function createLocalTrainer(
  settings: LocalTrainingSettings = {},
  { clock = systemClock }: { clock?: Clock } = {},
): Trainer {
  const resolved = resolveTrainingSettings(settings)
  return { name: 'local', train: (request) => train(request, resolved, clock) }
}

async function train(request: TrainRequest, settings: ResolvedTrainingSettings, clock: Clock): Promise<TrainResult> {
  const { from, seed } = request
  const model = await openModel(from, settings.lora, seed)
  const { config } = model.base
  const packing = {
    // The graph takes no rows longer than the model's positions, though several trees in a row would not need more.
    rowTokens: Math.min(settings.rowTokens, config.max_position_embeddings),
    batchTokens: settings.tokensPerBatch,
    longest: config.max_position_embeddings,
  }
  const rule = await createRuleTraining({ request, model, settings, packing })
  try {
    return await trainByRule(rule, { request, model, settings, packing, clock })
  } finally {
    await rule.close?.()
  }
}

interface Training {
  request: TrainRequest
  model: TrainedModel
  settings: ResolvedTrainingSettings
  packing: PackingOptions
  clock: Clock
}

async function trainByRule(rule: RuleTraining, training: Training): Promise<TrainResult> {
  const { request, model, settings, packing, clock } = training
  const { to, scratch, seed, heldOut = [], onProgress, signal } = request
  const { config } = model.base
  const kept = tokeniseExamples(model.base, heldOut)
  const trees = treesOf(rule.examples, packing)
  const batches = planSteps((epoch) => planBatches(trees, packing, createRandom(seed, 'epoch', epoch)), settings)

  const { threads: _, saveEvery: __, ...decisive } = settings
  const id = fingerprint([
    JSON.stringify([seed, decisive, config]),
    request.data.rule,
    ...rule.examples.flatMap(({ prompt, completion, group }) => [
      Int32Array.from(prompt),
      Int32Array.from(completion),
      group,
    ]),
    ...rule.decisive,
    model.store.values,
    model.trained.values,
  ])
  await rule.begin?.(id)
  const saved = await loadState(scratch, id)
  if (saved) model.trained.values.set(saved.values)
  const losses = [...(saved?.losses ?? [])]
  const measured: Record<string, number[]> = { ...saved?.metrics }
  const begun = clock.elapsed()
  const seconds = () => (saved?.seconds ?? 0) + (clock.elapsed() - begun) / 1000
  let tokensNow = 0

  const { threads } = settings
  const state = await trainSteps({
    config,
    parameters: model.store,
    adapter: model.adapter,
    steps: batches.length,
    batchAt: (step) => rule.prepare?.(batches[step]!()) ?? batches[step]!(),
    objective: rule.objective,
    optimiser: settings,
    resume: saved,
    seed: deriveSeed(seed, 'training'),
    threads,
    signal,
    async onStep({ step, loss, metrics, learningRate, tokens }, { firstMoment, secondMoment }) {
      losses.push(loss)
      for (const [name, value] of Object.entries(metrics)) (measured[name] ??= []).push(value)
      tokensNow += tokens
      const tokensPerSecond = tokensNow / Math.max(1e-9, (clock.elapsed() - begun) / 1000)
      const shown = Object.keys(metrics).length > 0 ? { metrics } : {}
      onProgress?.({ step, steps: batches.length, loss, ...shown, learningRate, tokensPerSecond })
      // The last state too: writing the checkpoint may be what is interrupted.
      if (step % settings.saveEvery !== 0 && step !== batches.length) return
      await saveState(scratch, id, {
        step,
        values: model.trained.values,
        firstMoment,
        secondMoment,
        losses,
        metrics: measured,
        seconds: seconds(),
      })
    },
  })
  if (state.step < batches.length) throw signal?.reason ?? new Error('training stopped early')

  const evaluated = kept.length > 0 ? packExamples(kept, packing) : []
  const heldOutLoss =
    evaluated.length > 0
      ? await evaluateLoss({ config, parameters: model.store, adapter: model.adapter, batches: evaluated, threads })
      : undefined
  await write(model, to)
  await clearStates(scratch)
  const ofLast = (numbers: readonly number[]) => mean(numbers.slice(-Math.ceil(numbers.length / 10)))
  const metrics = Object.entries(measured).map(([name, numbers]) => [name, ofLast(numbers)] as const)
  return {
    steps: batches.length,
    ...countTokens(batches),
    finalLoss: ofLast(losses),
    ...(metrics.length > 0 ? { metrics: Object.fromEntries(metrics) } : {}),
    ...(heldOutLoss === undefined ? {} : { heldOutLoss }),
    seconds: seconds(),
  }
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length
}

/** One batch per update: whole epochs one after the other, cut off at `steps` or at the share of the last epoch. */
function planSteps(
  planEpoch: (epoch: number) => PlannedBatch[],
  { epochs, steps }: ResolvedTrainingSettings,
): PlannedBatch[] {
  const planned: PlannedBatch[] = []
  for (let epoch = 0; steps === undefined ? epoch < epochs : planned.length < steps; epoch++) {
    const batches = planEpoch(epoch)
    const share = steps === undefined ? Math.min(1, epochs - epoch) : 1
    planned.push(...batches.slice(0, Math.max(1, Math.round(batches.length * share))))
  }
  return steps === undefined ? planned : planned.slice(0, steps)
}

/** Tokens read and tokens trained, padding not counted. */
function countTokens(batches: readonly PlannedBatch[]): { tokens: number; trainedTokens: number } {
  let tokens = 0
  let trainedTokens = 0
  for (const planned of batches) {
    const { positions, ends, columns, targets } = planned()
    trainedTokens += targets.length
    // Padding stands at position 0 and is continued by nothing.
    for (let i = 0; i < positions.length; i++) if (positions[i]! > 0 || ends[i]! > (i % columns) + 1) tokens++
  }
  return { tokens, trainedTokens }
}

async function write(model: TrainedModel, to: string): Promise<void> {
  const { base, adapter } = model
  if (!adapter) return writeCheckpoint(to, { ...base, weights: weightsOf(model.store) })
  await writeAdapter(to, {
    settings: adapter.settings,
    weights: weightsOf(adapter.parameters),
    base: relative(to, base.folder).replaceAll('\\', '/'),
  })
}
