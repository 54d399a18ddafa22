import { createRandom } from '../support/random.ts'
import { ParameterStore } from '../tensor/parameter-store.ts'
import type { LlamaConfig } from './config.ts'
import { type LoraSettings, loraParameters } from './lora.ts'
import { llamaParameters } from './parameters.ts'

/** Standard deviation of embeddings at the start. */
const embeddingDeviation = 0.08

/**
 * Fresh weights for training from scratch: matrices normal with deviation 1/sqrt(inputs), embeddings 0.08, norms 1, biases 0.
 * For small models this learns several times faster than the usual 0.02 (loss after 300 updates 0.11 instead of 0.35 in a
 * trial). Each parameter has its own random stream, so a layer more does not change the others.
 */
export function initialiseLlama(
  config: LlamaConfig,
  seed: number | string,
  { matching = false }: { matching?: boolean } = {},
): ParameterStore {
  const store = new ParameterStore(llamaParameters(config))
  for (const { name, shape } of store.slots) {
    const values = store.get(name)
    if (shape.length === 1) {
      if (!name.endsWith('.bias')) values.fill(1)
      continue
    }
    const random = createRandom(seed, 'initial weights', name)
    const deviation = name === 'model.embed_tokens.weight' ? embeddingDeviation : 1 / Math.sqrt(shape[1]!)
    for (let i = 0; i < values.length; i++) values[i] = random.normal() * deviation
  }
  if (matching) tieMatchingHeads(store, config)
  return store
}

/** How much of a matching head's keys equals its queries at the start; the rest is noise of its own. */
const tied = 0.7

/**
 * Lets the first half of every layer's heads start out looking for the token that they stand on: their keys resemble their queries (Trockman and Kolter
 * 2023, "Mimetic initialization of self-attention layers"). Noticing that a name has occurred before is then there from the first update.
 */
function tieMatchingHeads(store: ParameterStore, config: LlamaConfig): void {
  const keyValueHeads = config.num_key_value_heads ?? config.num_attention_heads
  const size = (config.head_dim ?? config.hidden_size / config.num_attention_heads) * config.hidden_size
  const shared = config.num_attention_heads / keyValueHeads
  for (let layer = 0; layer < config.num_hidden_layers; layer++) {
    const queries = store.get(`model.layers.${layer}.self_attn.q_proj.weight`)
    const keys = store.get(`model.layers.${layer}.self_attn.k_proj.weight`)
    for (let head = 0; head < Math.ceil(keyValueHeads / 2); head++)
      for (let i = 0; i < size; i++) {
        const at = head * size + i
        keys[at] = tied * queries[head * shared * size + i]! + Math.sqrt(1 - tied ** 2) * keys[at]!
      }
  }
}

/**
 * A fresh adapter as PEFT makes it: A uniform in +-1/sqrt(inputs) (Kaiming with a = sqrt 5), B zero, so that the model is
 * unchanged at first.
 */
export function initialiseLora(config: LlamaConfig, settings: LoraSettings, seed: number | string): ParameterStore {
  const store = new ParameterStore(loraParameters(config, settings))
  for (const { name, shape } of store.slots) {
    if (name.endsWith('lora_B.weight')) continue
    const random = createRandom(seed, 'initial adapter', name)
    const bound = 1 / Math.sqrt(shape[1]!)
    const values = store.get(name)
    for (let i = 0; i < values.length; i++) values[i] = (2 * random.next() - 1) * bound
  }
  return store
}
