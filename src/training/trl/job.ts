import type { StartingPoint } from './starting-point.ts'
import type { TrlTraining } from './training-settings.ts'
import type { TrlRule } from './write-rows.ts'

export interface JobFiles {
  train: string
  heldOut: string | null
  output: string
  checkpoints: string
}

/** The JSON file that python/leap_trl reads: all that a training is made of. */
export function trlJob(options: {
  rule: TrlRule
  start: StartingPoint
  /** Where it is not the model that the training starts from. */
  reference: StartingPoint | null
  /** What distill learns from, where it is not the model that the training starts from. */
  teacher: StartingPoint | null
  files: JobFiles
  training: TrlTraining
  seed: number
  /** Process without which the training has no reader. */
  parent: number
}): Record<string, unknown> {
  const { rule, start, reference, teacher, files, training, seed, parent } = options
  const { block, trl } = training
  const { lora, dpo, kto, distill } = block
  return {
    rule,
    model: { ...start, reference, teacher },
    rows: { train: files.train, held_out: files.heldOut },
    output: files.output,
    checkpoints: files.checkpoints,
    seed,
    updates: trl.epochs === undefined ? block.updates : null,
    epochs: trl.epochs ?? null,
    rows_per_device: trl.rowsPerDevice,
    accumulation: trl.accumulation,
    learning_rate: block.learningRate,
    warmup_steps: block.warmupSteps,
    schedule: trl.schedule,
    weight_decay: block.weightDecay,
    max_gradient_norm: trl.maxGradientNorm,
    optimiser: trl.optimiser,
    max_length: trl.maxLength,
    drop_long: trl.dropLong,
    lora: lora
      ? {
          rank: lora.rank,
          alpha: lora.alpha,
          dropout: lora.dropout,
          target_modules: lora.targetModules,
          rank_stabilised: trl.rankStabilised,
        }
      : null,
    quantisation: trl.quantisation,
    precision: trl.precision,
    attention: trl.attention,
    gradient_checkpointing: trl.gradientCheckpointing,
    use_cpu: trl.useCpu,
    save_every: trl.saveEvery,
    keep: 2,
    dpo: { beta: dpo?.beta ?? 0.1, sft_weight: dpo?.sft ?? 0 },
    kto: {
      beta: kto?.beta ?? 0.1,
      desirable_weight: kto?.desirable ?? 1,
      undesirable_weight: kto?.undesirable ?? 1,
    },
    distill: {
      divergence: distill?.divergence ?? 'reverse',
      mixture: distill?.mixture ?? 0.5,
      temperature: distill?.temperature ?? 1,
    },
    parent,
  }
}
