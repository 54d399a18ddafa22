import type { ConfigInput } from '../config.ts'

/**
 * Shell work on generated file systems, with a student that starts from random weights: no data, no key, no network. Give `--games <folder of InterCode's
 * data>` with `environment.intercode.train: own` to have the official test beside it.
 */
export const intercode: ConfigInput = {
  name: 'intercode',
  environment: { name: 'intercode-bash', generated: { train: 2000, valid_seen: 300, valid_unseen: 200 } },
  maxSteps: 10,
  demonstrations: { games: 900, by: 'solution' },
  student: { hiddenSize: 128, layers: 4, heads: 4, feedForwardSize: 256, vocabulary: 1000 },
  teacher: { name: 'planner', level: 3 },
  iterations: 1,
  rollouts: { games: 400, temperature: 0.5, concurrency: 16, mix: [0.3] },
  corrections: { on: 'all', perTrajectory: 8 },
  training: {
    cloning: { updates: 600, learningRate: 2e-3, optimiser: 'muon' },
    iteration: { updates: 600, learningRate: 1.5e-3, optimiser: 'muon' },
  },
  evaluation: { games: 120, selectionGames: 60, concurrency: 16 },
}
