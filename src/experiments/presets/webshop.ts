import type { ConfigInput } from '../config.ts'

/**
 * At most twenty minutes on two cores (12.4 measured, controls included): a generated shop, and a student that has learnt to read pages, and not to shop, and that writes its own search words. The paper's recipe: straight
 * demonstrations by the shopper that takes whatever comes first, as far as they went well; the student's own roll-outs; those that earned less than everything corrected at
 * level 3; training on the union.
 */
export const webshop: ConfigInput = {
  name: 'webshop',
  environment: { name: 'webshop' },
  maxSteps: 15,
  demonstrations: { games: 1500, by: 'hasty' },
  student: { checkpoint: 'shop-base' },
  teacher: { name: 'planner', level: 3 },
  iterations: 2,
  rollouts: { games: 800, temperature: 0.5 },
  corrections: { on: 'failed' },
  training: {
    cloning: { updates: 200, learningRate: 2e-3, optimiser: 'muon' },
    iteration: { updates: 220, learningRate: 1.5e-3, optimiser: 'muon' },
    replayWalks: 40,
  },
  evaluation: { games: 480, selectionGames: 240, temperature: 0.5 },
}
