import type { ConfigInput } from '../config.ts'

/**
 * About ten minutes on two cores (11.6 measured with the test suite running beside it): the whole loop on generated games, from the base student that comes with Leap. Two departures from the paper, both DAgger's: the
 * teacher acts at 30 % of the steps of a roll-out, and all trajectories are corrected, not only failed ones (docs/experiments.md says why).
 */
export const quickstart: ConfigInput = {
  name: 'quickstart',
  environment: { generated: { train: 3000, valid_seen: 600, valid_unseen: 600 } },
  demonstrations: { games: 1500, by: 'explorer' },
  student: { checkpoint: 'household-base' },
  teacher: { name: 'planner', level: 3 },
  iterations: 1,
  rollouts: { games: 800, temperature: 0.5, mix: [0.3] },
  corrections: { on: 'all', perTrajectory: 14 },
  training: {
    cloning: { updates: 400, learningRate: 2e-3, optimiser: 'muon' },
    iteration: { updates: 600, learningRate: 1.5e-3, optimiser: 'muon' },
    replayWalks: 60,
  },
  evaluation: { games: 240, selectionGames: 120 },
}
