import type { Trainer } from '../contracts/trainer.ts'
import { createLocalTrainer } from '../training/local/local-trainer.ts'
import type { TrainerConfig } from './config.ts'

/** The trainer for a block of settings. */
export function createTrainer({ updates, ...settings }: TrainerConfig): Trainer {
  return createLocalTrainer({ ...settings, steps: updates, rowTokens: 1024, saveEvery: 50 })
}
