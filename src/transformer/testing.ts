import { createRandom } from '../support/random.ts'
import { type Checkpoint, openCheckpoint } from './checkpoint.ts'
import { type LlamaConfig, type LlamaConfigInput, parseLlamaConfig } from './config.ts'
import { llamaParameters } from './parameters.ts'
import { studentTokenizerConfig } from './student-files.ts'
import { householdTexts } from './tokenizer-testing.ts'
import { trainTokenizer } from './tokenizer-training.ts'

/** A model small enough for tests, with every feature that shapes depend on: grouped queries, untied head, odd vocabulary. */
export const tinyConfig: LlamaConfig = parseLlamaConfig({
  hidden_size: 32,
  intermediate_size: 48,
  num_hidden_layers: 2,
  num_attention_heads: 4,
  num_key_value_heads: 2,
  vocab_size: 43,
  max_position_embeddings: 256,
})

/** Weights by name, drawn from `seed`; large enough that predictions differ clearly. */
export function randomParameters(
  config: LlamaConfig,
  seed: number,
): Map<string, { shape: readonly number[]; data: Float32Array }> {
  return new Map(
    llamaParameters(config).map(({ name, shape }) => {
      const random = createRandom(seed, name)
      const size = shape.reduce((a, b) => a * b, 1)
      const scale = name.includes('norm') ? 0.1 : 1 / Math.sqrt(shape.at(-1)!)
      const data = Float32Array.from({ length: size }, () => (name.includes('norm') ? 1 : 0) + scale * random.normal())
      return [name, { shape, data }]
    }),
  )
}

/** A checkpoint of random weights with a vocabulary of its own, not on disk. */
export function tinyCheckpoint(more: Partial<LlamaConfigInput> = {}): Checkpoint {
  const tokenizer = trainTokenizer(householdTexts(60), { size: 420, minimumCount: 4 })
  const size = Object.keys(tokenizer.model.vocab).length
  const config = parseLlamaConfig({
    ...tinyConfig,
    vocab_size: size,
    max_position_embeddings: 512,
    hidden_size: 64,
    ...more,
  })
  return openCheckpoint('tiny', {
    config,
    weights: randomParameters(config, 11),
    tokenizer,
    tokenizerConfig: studentTokenizerConfig(config.max_position_embeddings),
    generation: {},
  })
}
