import type { ConfigInput } from '../config.ts'

/** At most twenty minutes on two cores: a generated shop, a student that starts from random weights and writes its own search words. */
export const webshop: ConfigInput = {
  name: 'webshop',
  environment: { name: 'webshop' },
  maxSteps: 15,
  demonstrations: { games: 1200, by: 'hasty' },
  student: { hiddenSize: 128, layers: 4, heads: 4, feedForwardSize: 256, vocabulary: 1200 },
  teacher: { name: 'planner', level: 3 },
  iterations: 2,
  rollouts: { games: 800, temperature: 0.5, mix: [0.3, 0] },
  corrections: { on: 'failed' },
  training: {
    cloning: { updates: 400, learningRate: 2e-3, optimiser: 'muon' },
    iteration: { updates: 300, learningRate: 1.5e-3, optimiser: 'muon' },
  },
  evaluation: { games: 240, selectionGames: 240 },
}
