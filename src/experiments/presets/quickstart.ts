import type { ConfigInput } from '../config.ts'

/**
 * About ten minutes on two cores: the whole loop on generated games, from the base student that comes with Leap. The paper's recipe to the letter:
 * straight demonstrations, the student's own roll-outs, failed ones corrected at level 3, training on the union.
 */
export const quickstart: ConfigInput = {
  name: 'quickstart',
  environment: { generated: { train: 3000, valid_seen: 600, valid_unseen: 600 } },
  demonstrations: { games: 1200, by: 'solution' },
  student: { checkpoint: 'household-base' },
  teacher: { name: 'planner', level: 3 },
  iterations: 2,
  rollouts: { games: 700, temperature: 0.5 },
  corrections: { on: 'failed', perTrajectory: 14 },
  training: {
    cloning: { updates: 250, learningRate: 2e-3, optimiser: 'muon' },
    iteration: { updates: 320, learningRate: 1.5e-3, optimiser: 'muon' },
    replayWalks: 60,
  },
  evaluation: { games: 240, selectionGames: 120, temperature: 0.5 },
}
