import type { ConfigInput } from '../config.ts'

/**
 * Made to take at most twenty minutes on two cores: a generated shop, and a student that starts from random weights and writes its own search words. Demonstrated by the
 * shopper that buys whatever comes first. As in the quickstart, the teacher acts at some steps of the first roll-out (DAgger's mixture, not the paper's recipe).
 */
export const webshop: ConfigInput = {
  name: 'webshop',
  environment: { name: 'webshop' },
  maxSteps: 15,
  demonstrations: { games: 2000, by: 'hasty' },
  student: { vocabulary: 1200 },
  teacher: { name: 'planner', level: 3 },
  iterations: 2,
  rollouts: { games: 1200, temperature: 0.5, mix: [0.3, 0] },
  training: {
    cloning: { updates: 400, learningRate: 2e-3, optimiser: 'muon' },
    iteration: { updates: 350, learningRate: 1.5e-3, optimiser: 'muon' },
  },
  evaluation: { games: 480, selectionGames: 240 },
}
