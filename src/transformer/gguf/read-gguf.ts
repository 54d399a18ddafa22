import { type FileHandle, open } from 'node:fs/promises'
import { dirname } from 'node:path'
import { type CheckpointFiles, checkWeights, readJson } from '../checkpoint.ts'
import { projectionPath } from '../parameters.ts'
import type { Weight } from '../safetensors.ts'
import type { TokenizerConfig, TokenizerFile } from '../tokenizer-file.ts'
import { dequantise, quantisedBytes } from './dequantise.ts'
import { ggufConfig } from './gguf-config.ts'
import { type GgufTensor, ggufError, readGgufHeader } from './gguf-file.ts'
import { ggufProjections } from './gguf-names.ts'
import { ggufTokenizer } from './gguf-tokenizer.ts'
import { fromGgufRows } from './rotary-rows.ts'

const norms: Readonly<Record<string, string>> = { attn_norm: 'input_layernorm', ffn_norm: 'post_attention_layernorm' }
const outside: Readonly<Record<string, string>> = {
  'token_embd.weight': 'model.embed_tokens.weight',
  'output_norm.weight': 'model.norm.weight',
  'output.weight': 'lm_head.weight',
}

/**
 * Reads a model of the Llama or Qwen2 architecture from a GGUF file: its numbers made float32 again (they stay as coarse as they were quantised), tokenizer and
 * chat template. A tokenizer.json beside the file comes before the one inside. Throws GGUF_UNREADABLE, CHECKPOINT_CONFIG or CHECKPOINT_INCOMPLETE.
 */
export async function readGguf(path: string): Promise<CheckpointFiles> {
  const header = await readGgufHeader(path)
  const config = ggufConfig(header, path)
  const weights = new Map<string, Weight>()
  const file = await open(path)
  try {
    for (const tensor of header.tensors) {
      const name = nameOf(tensor.name)
      if (name === undefined) throw ggufError(path, `holds the tensor ${tensor.name}, which has no place in this model`)
      const data = await readTensor(file, tensor, header.dataStart, path)
      const shape = tensor.dimensions.toReversed()
      weights.set(name, { shape, data: fromGgufRows(name, { shape, data }, config) })
    }
  } finally {
    await file.close()
  }
  const beside = (await readJson(dirname(path), 'tokenizer.json', null)) as TokenizerFile | null
  const { tokenizer, tokenizerConfig } = beside
    ? {
        tokenizer: beside,
        tokenizerConfig: (await readJson(dirname(path), 'tokenizer_config.json', {})) as TokenizerConfig,
      }
    : ggufTokenizer(header, path)
  const end = config.eos_token_id
  return {
    config,
    weights: checkWeights(config, weights, path),
    tokenizer,
    tokenizerConfig,
    generation: typeof end === 'number' ? { eos_token_id: end } : {},
  }
}

function nameOf(name: string): string | undefined {
  const [, layer, part, kind] = /^blk\.(\d+)\.([a-z_]+)\.(weight|bias)$/.exec(name) ?? []
  if (part === undefined) return outside[name]
  if (norms[part] && kind === 'weight') return `model.layers.${layer}.${norms[part]}.weight`
  const projection = ggufProjections[part]
  return projection && `${projectionPath(Number(layer), projection)}.${kind}`
}

async function readTensor(
  file: FileHandle,
  { name, dimensions, type, offset }: GgufTensor,
  dataStart: number,
  path: string,
): Promise<Float32Array> {
  const count = dimensions.reduce((product, size) => product * size, 1)
  const length = quantisedBytes(type, count, `${path}: ${name}`)
  const bytes = new Uint8Array(length)
  for (let done = 0; done < length; ) {
    const { bytesRead } = await file.read(bytes, done, length - done, dataStart + offset + done)
    if (bytesRead === 0) throw ggufError(path, `ends in the middle of the tensor ${name}`)
    done += bytesRead
  }
  return dequantise(type, bytes, `${path}: ${name}`)
}
