import type { TrlSettings } from './settings.ts'

/** What a block of the configuration says about one training, whichever trainer does it. */
export interface TrainingBlock {
  updates: number
  learningRate: number
  warmupSteps: number
  weightDecay: number
  lora?: { rank: number; alpha: number; dropout: number; targetModules: readonly string[] } | undefined
  dpo?: { beta: number; sft: number }
  distill?: { divergence: 'forward' | 'reverse' | 'mixed'; mixture: number; temperature: number }
  kto?: { beta: number; desirable: number; undesirable: number; oneSided: boolean }
}

/** All settings of a training by TRL. */
export interface TrlTraining {
  block: TrainingBlock
  trl: TrlSettings
}
