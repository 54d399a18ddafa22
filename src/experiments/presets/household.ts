import type { ConfigInput } from '../config.ts'

/** At most two hours on two cores: more games, more iterations, intervals a quarter narrower. */
export const household: ConfigInput = {
  name: 'household',
  environment: { generated: { train: 8000, valid_seen: 900, valid_unseen: 600 } },
  demonstrations: { games: 1500, by: 'explorer' },
  student: { checkpoint: 'household-base' },
  iterations: 4,
  rollouts: { games: 1500, temperature: 0.5 },
  corrections: { on: 'failed', perTrajectory: 10 },
  training: {
    cloning: { updates: 400, learningRate: 1e-3 },
    iteration: { updates: 500, learningRate: 1e-3 },
    replayWalks: 150,
  },
  evaluation: { games: 480, selectionGames: 240 },
}
