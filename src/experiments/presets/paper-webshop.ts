import type { ConfigInput } from '../config.ts'
import { paperSampling, paperStudent, paperTraining } from './paper.ts'

/** The paper's WebShop experiment (section 4.2, D.3, Table 8): `leap run paper-webshop --games <official data>`. Four iterations; 30 actions, 15 in training roll-outs of the released code. */
export const paperWebshop: ConfigInput = {
  ...paperStudent,
  name: 'paper-webshop',
  teacher: { ...paperStudent.teacher, state: 'simulator' },
  environment: { name: 'webshop' },
  maxSteps: 30,
  demonstrations: { games: 1000, labeller: 'openai:gpt-4o' },
  iterations: 4,
  rollouts: { games: 3000, temperature: paperSampling.temperature },
  corrections: { on: 'failed', dropLoops: false },
  training: paperTraining({ batch: 16, maxLength: 6000, epochs: 1 }),
  evaluation: { games: 500, selectionGames: 240, ...paperSampling },
}
