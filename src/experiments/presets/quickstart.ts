import type { ConfigInput } from '../config.ts'

/** Minutes on two cores: the whole loop on generated games, from the base student that comes with Leap. */
export const quickstart: ConfigInput = {
  name: 'quickstart',
  environment: {},
  demonstrations: { games: 400 },
  student: { checkpoint: 'household-base' },
  iterations: 2,
  rollouts: { games: 500, temperature: 0.5 },
  corrections: { on: 'failed', perTrajectory: 10 },
  training: {
    cloning: { updates: 100, learningRate: 1e-3 },
    iteration: { updates: 120, learningRate: 1e-3 },
  },
  evaluation: { games: 240, selectionGames: 120 },
}
