import type { Adapter } from '../adapter.ts'
import type { LlamaConfig } from '../config.ts'
import { loraNames } from '../lora.ts'
import { encodeGguf, type GgufContents } from './encode-gguf.ts'
import { ggufProjections } from './gguf-names.ts'
import { toGgufRows } from './rotary-rows.ts'

/**
 * A LoRA adapter as the GGUF file that llama.cpp takes by `--lora` (what its convert_lora_to_gguf.py makes, in float32): for every adapted tensor
 * `<tensor>.lora_a` [rank, in] and `<tensor>.lora_b` [out, rank], B in the row order of the tensor itself.
 */
export function encodeAdapterGguf(
  config: LlamaConfig,
  { settings, weights }: Pick<Adapter, 'settings' | 'weights'>,
): Buffer {
  const tensors: GgufContents['tensors'] = {}
  for (let layer = 0; layer < config.num_hidden_layers; layer++)
    for (const [part, projection] of Object.entries(ggufProjections)) {
      if (!settings.targetModules.includes(projection)) continue
      const { a, b } = loraNames(layer, projection)
      for (const [name, suffix] of [
        [a, 'lora_a'],
        [b, 'lora_b'],
      ] as const) {
        const weight = weights.get(name)!
        const data = suffix === 'lora_b' ? toGgufRows(name, weight, config) : weight.data
        tensors[`blk.${layer}.${part}.weight.${suffix}`] = { dimensions: [...weight.shape].reverse(), data }
      }
    }
  const metadata = {
    'general.architecture': config.model_type,
    'general.type': 'adapter',
    'adapter.type': 'lora',
    'adapter.lora.alpha': { float32: settings.alpha },
  }
  return encodeGguf({ metadata, tensors })
}
