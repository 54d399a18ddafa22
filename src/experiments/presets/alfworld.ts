import type { ConfigInput } from '../config.ts'

/** The official games: `leap run alfworld --games <folder or archive>`. Demonstrations are the stored walkthroughs, selection is on valid_seen, 30 actions. */
export const alfworld: ConfigInput = {
  name: 'alfworld',
  environment: {},
  maxSteps: 30,
  demonstrations: { games: 2400, by: 'solution' },
  student: { checkpoint: 'household-base' },
  iterations: 5,
  rollouts: { games: 1200, temperature: 0.5, mix: [0.3, 0.3, 0.2, 0.1, 0] },
  corrections: { on: 'all', perTrajectory: 14 },
  training: {
    cloning: { updates: 1200, learningRate: 2e-3, optimiser: 'muon' },
    iteration: { updates: 1000, learningRate: 1.5e-3, optimiser: 'muon' },
    replayWalks: 150,
  },
  evaluation: { games: 140, selectionGames: 140 },
}
