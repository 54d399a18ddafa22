import { headSize, keyValueHeads, type LlamaConfig } from '../config.ts'
import type { Weight } from '../safetensors.ts'

/**
 * GGUF files of the llama architecture have the rows of each query and key head in the order of interleaved rotary pairs (0, 1), (2, 3), ...; Hugging Face's have
 * the first halves of all pairs before the second ones. Qwen2 is stored as it is, and so is everything but queries and keys. Gives the numbers in Hugging Face's order.
 */
export function fromGgufRows(name: string, weight: Weight, config: LlamaConfig): Float32Array {
  return reorder(name, weight, config, (ours, theirs) => ({ from: theirs, to: ours }))
}

/** The inverse of {@link fromGgufRows}: a weight of Hugging Face's order, or the B of an adapter of it, in that of GGUF. */
export function toGgufRows(name: string, weight: Weight, config: LlamaConfig): Float32Array {
  return reorder(name, weight, config, (ours, theirs) => ({ from: ours, to: theirs }))
}

function reorder(
  name: string,
  { shape, data }: Weight,
  config: LlamaConfig,
  direction: (ours: number, theirs: number) => { from: number; to: number },
): Float32Array {
  const isQuery = name.includes('q_proj')
  if (config.model_type !== 'llama' || !(isQuery || name.includes('k_proj'))) return data
  const heads = isQuery ? config.num_attention_heads : keyValueHeads(config)
  const size = headSize(config)
  const columns = shape[1] ?? 1
  const result = new Float32Array(data.length)
  for (let head = 0; head < heads; head++)
    for (let row = 0; row < size; row++) {
      const pair = row % (size / 2)
      const { from, to } = direction(head * size + row, head * size + 2 * pair + (row < size / 2 ? 0 : 1))
      result.set(data.subarray(from * columns, (from + 1) * columns), to * columns)
    }
  return result
}
