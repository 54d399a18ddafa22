import type { PretrainSettings } from './pretrain.ts'
import { questionWeights } from './questions.ts'

/** How the shipped checkpoint `weights/household-base` was made: `npm run pretrain-base` makes it again. */
export const householdBase: PretrainSettings = {
  seed: 7,
  architecture: {
    hidden_size: 128,
    intermediate_size: 256,
    num_hidden_layers: 4,
    num_attention_heads: 2,
    num_key_value_heads: 2,
    max_position_embeddings: 4096,
    rope_theta: 1e6,
  },
  vocabulary: 1100,
  steps: 5000,
  tokensPerBatch: 4096,
  learningRate: 2.5e-3,
  muonLearningRate: 0.02,
  trainRooms: 60,
  weights: questionWeights,
}
