import type { Trainer } from '../contracts/trainer.ts'
import { createLocalTrainer } from '../training/local/local-trainer.ts'
import type { OptimiserConfig } from './config.ts'

/** The trainer for a block of optimiser settings. */
export function createTrainer({ updates, ...settings }: OptimiserConfig): Trainer {
  return createLocalTrainer({ ...settings, steps: updates, rowTokens: 1024, saveEvery: 50 })
}
