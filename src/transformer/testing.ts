import { createRandom } from '../support/random.ts'
import { type LlamaConfig, parseLlamaConfig } from './config.ts'
import { llamaParameters } from './parameters.ts'

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
