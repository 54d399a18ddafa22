import type { ConfigInput } from '../config.ts'

/**
 * Shell work on generated file systems, with a student that has learnt to read and copy paths, and no request: no data, no key, no network. The paper's recipe:
 * straight demonstrations, the student's own roll-outs, failed ones corrected. Give `--games <folder of InterCode's data>` with `environment.intercode.train: own` to
 * have the official test beside it.
 */
export const intercode: ConfigInput = {
  name: 'intercode',
  environment: { name: 'intercode-bash', generated: { train: 4000, valid_seen: 300, valid_unseen: 200 } },
  maxSteps: 10,
  demonstrations: { games: 1200, by: 'solution' },
  student: { checkpoint: 'shell-base' },
  teacher: { name: 'planner', level: 3 },
  iterations: 2,
  rollouts: { games: 400, temperature: 0.5, concurrency: 16 },
  corrections: { on: 'failed', perTrajectory: 8 },
  training: {
    cloning: { updates: 200, learningRate: 2e-3, optimiser: 'muon' },
    iteration: { updates: 220, learningRate: 1.5e-3, optimiser: 'muon' },
    replayWalks: 40,
  },
  evaluation: { games: 120, selectionGames: 60, temperature: 0.5, concurrency: 16 },
}
