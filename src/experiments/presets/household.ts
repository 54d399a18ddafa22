import type { ConfigInput } from '../config.ts'

/** At most two hours on two cores: more games, more iterations, intervals a quarter narrower. */
export const household: ConfigInput = {
  name: 'household',
  environment: { generated: { train: 8000, valid_seen: 900, valid_unseen: 600 } },
  demonstrations: { games: 2500, by: 'explorer' },
  student: { checkpoint: 'household-base' },
  iterations: 5,
  rollouts: { games: 1200, temperature: 0.5, mix: [0.3, 0.3, 0.2, 0.1, 0] },
  corrections: { on: 'all', perTrajectory: 14 },
  training: {
    cloning: { updates: 1200, learningRate: 2e-3, optimiser: 'muon' },
    iteration: { updates: 1000, learningRate: 1.5e-3, optimiser: 'muon' },
    replayWalks: 150,
  },
  evaluation: { games: 480, selectionGames: 240 },
}
