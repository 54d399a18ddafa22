import { baseArchitecture } from '../train-base.ts'

/** What makes a training of a base student one of seconds: a network that learns next to nothing, in a dozen updates. */
export const tinyTraining = {
  architecture: {
    ...baseArchitecture,
    hidden_size: 32,
    intermediate_size: 32,
    num_hidden_layers: 1,
    num_attention_heads: 1,
    num_key_value_heads: 1,
  },
  steps: 12,
  tokensPerBatch: 600,
  threads: 1,
}
