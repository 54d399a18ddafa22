import { readFile } from 'node:fs/promises'
import { LeapError } from '../contracts/error.ts'
import { type Checkpoint, openCheckpoint } from './checkpoint.ts'
import { headSize, keyValueHeads, type LlamaConfig, parseLlamaConfig } from './config.ts'
import { createVocabularyFile } from './llama2c-vocabulary.ts'
import type { Weight } from './safetensors.ts'

/** Where llama2.c keeps a model: weights, and a vocabulary that may stand behind the weights in one file. */
export interface Llama2cFiles {
  /** A `.bin` of version 0: seven int32, then float32 tensors. */
  weights: string
  /** A `tokenizer.bin`; left out: what follows the weights. */
  vocabulary?: string
}

/**
 * Reads a llama2.c export (karpathy/llama2.c, legacy format) as a checkpoint in Hugging Face names: small models trained on TinyStories.
 * Its rotary embedding turns neighbouring numbers, Hugging Face's turns halves of a head against each other: rows of q and k are reordered.
 * Throws CHECKPOINT_UNREADABLE.
 */
export async function readLlama2c({ weights: path, vocabulary }: Llama2cFiles): Promise<Checkpoint> {
  const file = await readFile(path).catch((cause: unknown) => {
    throw unreadable(path, cause instanceof Error ? cause.message : String(cause))
  })
  const bytes = new Uint8Array(file).buffer
  if (bytes.byteLength < 28) throw unreadable(path, `found ${bytes.byteLength} bytes, fewer than the header`)
  const [dim, inner, layers, heads, keyHeads, signedVocabulary, length] = new Int32Array(
    bytes,
    0,
    7,
  ) as unknown as number[]
  if ([dim, inner, layers, heads, keyHeads, length].some((value) => !(value! > 0 && value! < 1e6)))
    throw unreadable(path, 'the header does not hold sizes of a model')
  const config = parseLlamaConfig({
    hidden_size: dim!,
    intermediate_size: inner!,
    num_hidden_layers: layers!,
    num_attention_heads: heads!,
    num_key_value_heads: keyHeads!,
    vocab_size: Math.abs(signedVocabulary!),
    max_position_embeddings: length!,
    rms_norm_eps: 1e-5,
    tie_word_embeddings: signedVocabulary! > 0,
    bos_token_id: 1,
    eos_token_id: 2,
  })
  const { weights, end } = readTensors(path, bytes, config)
  const table = vocabulary === undefined ? bytes.slice(end) : new Uint8Array(await readFile(vocabulary)).buffer
  const tokenizer = createVocabularyFile(table, config.vocab_size, vocabulary ?? path)
  return openCheckpoint(path, {
    config,
    weights,
    tokenizer,
    // TinyStories models begin every text with <s>, and end stories with it too.
    tokenizerConfig: {
      tokenizer_class: 'PreTrainedTokenizerFast',
      bos_token: '<s>',
      eos_token: '</s>',
      add_bos_token: true,
    },
    generation: { bos_token_id: 1, eos_token_id: [1, 2] },
  })
}

function readTensors(
  path: string,
  bytes: ArrayBuffer,
  config: LlamaConfig,
): { weights: Map<string, Weight>; end: number } {
  const { hidden_size: dim, intermediate_size: inner, vocab_size: vocabulary, num_hidden_layers: layers } = config
  const size = headSize(config)
  const keys = keyValueHeads(config) * size
  const weights = new Map<string, Weight>()
  let offset = 28
  const take = (count: number): Float32Array => {
    if (offset + 4 * count > bytes.byteLength)
      throw unreadable(path, `ends after ${bytes.byteLength} bytes, before the last tensor`)
    const part = new Float32Array(bytes.slice(offset, offset + 4 * count))
    offset += 4 * count
    return part
  }
  const perLayer = (name: string, shape: number[], order: (data: Float32Array) => Float32Array = (data) => data) => {
    for (let layer = 0; layer < layers; layer++)
      weights.set(`model.layers.${layer}.${name}.weight`, {
        shape,
        data: order(take(shape.reduce((a, b) => a * b, 1))),
      })
  }
  weights.set('model.embed_tokens.weight', { shape: [vocabulary, dim], data: take(vocabulary * dim) })
  perLayer('input_layernorm', [dim])
  perLayer('self_attn.q_proj', [dim, dim], (data) => toHalves(data, config.num_attention_heads, size, dim))
  perLayer('self_attn.k_proj', [keys, dim], (data) => toHalves(data, keyValueHeads(config), size, dim))
  perLayer('self_attn.v_proj', [keys, dim])
  perLayer('self_attn.o_proj', [dim, dim])
  perLayer('post_attention_layernorm', [dim])
  perLayer('mlp.gate_proj', [inner, dim])
  perLayer('mlp.down_proj', [dim, inner])
  perLayer('mlp.up_proj', [inner, dim])
  weights.set('model.norm.weight', { shape: [dim], data: take(dim) })
  // Tables of cosines and sines, which follow from the sizes.
  take(config.max_position_embeddings * size)
  if (!config.tie_word_embeddings)
    weights.set('lm_head.weight', { shape: [vocabulary, dim], data: take(vocabulary * dim) })
  return { weights, end: offset }
}

/** Reorders the rows of each head from (0, 1), (2, 3), ... pairs to first and second halves. */
function toHalves(data: Float32Array, heads: number, size: number, columns: number): Float32Array {
  const result = new Float32Array(data.length)
  for (let head = 0; head < heads; head++)
    for (let row = 0; row < size; row++) {
      const target = head * size + (row % 2) * (size / 2) + Math.floor(row / 2)
      const source = head * size + row
      result.set(data.subarray(source * columns, (source + 1) * columns), target * columns)
    }
  return result
}

function unreadable(path: string, found: string): LeapError {
  return new LeapError({
    code: 'CHECKPOINT_UNREADABLE',
    message: `${path}: ${found}`,
    remedy: 'Expected a llama2.c model of version 0.',
  })
}
