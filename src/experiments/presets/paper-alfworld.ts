import type { ConfigInput } from '../config.ts'
import { paperSampling, paperStudent, paperTraining } from './paper.ts'

/**
 * The paper's ALFWorld experiment (section 4.1, D.2, Table 8): `leap run paper-alfworld --games <official games>`, with a GPU of 48 GB and a key for the teacher.
 * Four iterations of SFT on the union of all data; 30 actions.
 */
export const paperAlfworld: ConfigInput = {
  ...paperStudent,
  name: 'paper-alfworld',
  environment: { name: 'alfworld' },
  maxSteps: 30,
  demonstrations: { games: 3257, by: 'solution', labeller: 'openai:gpt-4o' },
  iterations: 4,
  rollouts: { games: 3257, temperature: paperSampling.temperature },
  corrections: { on: 'failed', dropLoops: false },
  training: paperTraining({ batch: 64, maxLength: 8000, epochs: 1 }),
  evaluation: { games: 140, selectionGames: 140, ...paperSampling },
}

/**
 * Table 3: one iteration from the same pi_0 by a preference rule, with Table 9's learning rate and lengths. Its limit of 6,000 tokens for prompts alone is not set: prompts are
 * never cut here, and a row of more than 8,000 tokens is refused.
 */
function preference(name: string, rule: 'dpo' | 'kto', batch: number): ConfigInput {
  const training = paperTraining({ batch, maxLength: 8000, epochs: 1 })
  return {
    ...paperAlfworld,
    name,
    iterations: 1,
    training: {
      ...training,
      iteration: {
        ...training.iteration,
        learningRate: 5e-7,
        rule,
        dpo: { beta: 0.01 },
        // lambda_D 1, lambda_U 0: "effectively emulating SFT-like behavior" (section 4.7).
        kto: { beta: 0.01, desirable: 1, undesirable: 0 },
      },
    },
  }
}

/** Table 3, DPO: batch 32, beta 0.01 (the paper also has 0.1: `--set training.iteration.dpo.beta=0.1`). pi_0 is cloned with the same batch. */
export const paperAlfworldDpo = preference('paper-alfworld-dpo', 'dpo', 32)

/** Table 3, KTO: batch 64, undesirable answers without weight. */
export const paperAlfworldKto = preference('paper-alfworld-kto', 'kto', 64)
