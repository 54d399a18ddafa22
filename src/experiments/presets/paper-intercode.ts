import type { ConfigInput } from '../config.ts'
import { paperSampling, paperStudent, paperTraining } from './paper.ts'

/** The paper's InterCode experiment (section 4.3, D.4, Table 8): Bash, file systems 1 and 2 train, 3 and 4 test; two iterations of five epochs; 10 actions. `leap run paper-intercode --games <InterCode's data>`. */
export const paperIntercode: ConfigInput = {
  ...paperStudent,
  name: 'paper-intercode',
  teacher: { ...paperStudent.teacher, state: 'simulator' },
  environment: { name: 'intercode-bash', intercode: { division: 'paper', feedback: 'none' } },
  maxSteps: 10,
  demonstrations: { games: 100, by: 'solution', labeller: 'openai:gpt-4o' },
  iterations: 2,
  rollouts: { games: 100, temperature: paperSampling.temperature, concurrency: 16 },
  corrections: { on: 'failed', dropLoops: false },
  training: paperTraining({ batch: 16, maxLength: 6000, epochs: 5 }),
  evaluation: { games: 100, selectionGames: 50, concurrency: 16, ...paperSampling },
}
