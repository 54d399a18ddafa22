import { resolve } from 'node:path'
import type { Trainer } from '../contracts/trainer.ts'
import type { Environment } from '../models/keys/read-environment.ts'
import type { Clock } from '../support/clock.ts'
import { createHostedTrainer } from '../training/hosted/hosted-trainer.ts'
import { createLocalTrainer } from '../training/local/local-trainer.ts'
import type { TrainerName } from '../training/trainer-names.ts'
import { createTrlTrainer } from '../training/trl/trl-trainer.ts'
import type { Config, TrainerConfig } from './config.ts'

export interface TrainerContext {
  config: Config
  /** Folder against which paths of the configuration are resolved. */
  cwd: string
  env: Environment
  clock: Clock
  /** Told what takes long, and what to do elsewhere. */
  announce: (line: string) => void
}

/** What makes a trainer of a block of settings: one entry for each name. */
const trainers: Record<TrainerName, (settings: TrainerConfig, context: TrainerContext) => Trainer> = {
  local: (settings) => createTrainer(settings),
  trl: (block, { config, cwd, env, announce }) => {
    const { python, ...trl } = config.training.trl ?? {}
    // A bare name is looked up in PATH, as shells do.
    const path = python !== undefined && /[\\/]/.test(python) ? resolve(cwd, python) : python
    return createTrlTrainer({ block, trl: { ...trl, ...(path === undefined ? {} : { python: path }) }, env, announce })
  },
  hosted: ({ dpo }, { config, env, clock, announce }) => {
    // The schema asks for the settings where the trainer is chosen.
    return createHostedTrainer({ settings: config.training.hosted!, beta: dpo?.beta, env, clock, announce })
  },
}

/** Makes the configured trainer for each block of settings. */
export function createTrainerFactory(context: TrainerContext): (settings: TrainerConfig) => Trainer {
  return (settings) => trainers[context.config.training.trainer](settings, context)
}

/** The local trainer for a block of settings. */
export function createTrainer({ updates, ...settings }: TrainerConfig): Trainer {
  return createLocalTrainer({ ...settings, steps: updates, rowTokens: 1024, saveEvery: 50 })
}
