import type { PretrainSettings } from './pretrain.ts'
import { questionWeights } from './questions.ts'
import { baseArchitecture } from './train-base.ts'

/** How the shipped checkpoint `weights/household-base` was made: `npm run pretrain-base -- household` makes it again. */
export const householdBase: PretrainSettings = {
  seed: 7,
  architecture: baseArchitecture,
  vocabulary: 1100,
  steps: 5000,
  tokensPerBatch: 4096,
  learningRate: 2.5e-3,
  muonLearningRate: 0.02,
  trainRooms: 60,
  weights: questionWeights,
}
