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
export function initialiseLlama(config: LlamaConfig, seed: number | string): ParameterStore {
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
  return store
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
