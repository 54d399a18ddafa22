import type { ConfigInput } from '../config.ts'

/** The official games: `leap run alfworld --games <folder or archive>`. Demonstrations are the stored walkthroughs, selection is on valid_seen, 30 actions. */
export const alfworld: ConfigInput = {
  name: 'alfworld',
  environment: {},
  maxSteps: 30,
  demonstrations: { games: 2400, by: 'solution' },
  student: { checkpoint: 'household-base' },
  iterations: 4,
  rollouts: { games: 1500, temperature: 0.5 },
  corrections: { on: 'failed', perTrajectory: 10 },
  training: {
    cloning: { updates: 500, learningRate: 1e-3 },
    iteration: { updates: 500, learningRate: 1e-3 },
    replayWalks: 150,
  },
  evaluation: { games: 140, selectionGames: 140 },
}
