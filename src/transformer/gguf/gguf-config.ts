import { type LlamaConfig, parseLlamaConfig } from '../config.ts'
import { type GgufHeader, ggufError } from './gguf-file.ts'

/** The config.json of a GGUF file's model. Throws GGUF_UNREADABLE for architectures and features that are not implemented. */
export function ggufConfig({ metadata, tensors }: GgufHeader, path: string): LlamaConfig {
  const architecture = metadata.get('general.architecture')
  if (architecture !== 'llama' && architecture !== 'qwen2')
    throw ggufError(path, `is a model of the architecture ${architecture}, expected llama or qwen2`)
  const get = (key: string) => metadata.get(`${architecture}.${key}`)
  const number = (key: string) => {
    const value = get(key)
    if (typeof value === 'number') return value
    throw ggufError(path, `lacks the number ${architecture}.${key}`)
  }
  const scaling = get('rope.scaling.type')
  const hasTensor = (name: string) => tensors.some((tensor) => tensor.name === name)
  if ((scaling !== undefined && scaling !== 'none') || hasTensor('rope_freqs.weight'))
    throw ggufError(path, 'scales its rotary embedding; only unscaled ones are implemented')
  if (get('expert_count')) throw ggufError(path, 'is a mixture of experts, which is not implemented')
  const embedding = tensors.find(({ name }) => name === 'token_embd.weight')
  if (!embedding) throw ggufError(path, 'has no tensor token_embd.weight')
  const token = (name: string) => metadata.get(`tokenizer.ggml.${name}_token_id`)
  const heads = number('attention.head_count')
  return parseLlamaConfig(
    {
      model_type: architecture,
      hidden_size: number('embedding_length'),
      intermediate_size: number('feed_forward_length'),
      num_hidden_layers: number('block_count'),
      num_attention_heads: heads,
      num_key_value_heads: get('attention.head_count_kv') ?? heads,
      ...(get('attention.key_length') === undefined ? {} : { head_dim: get('attention.key_length') }),
      vocab_size: embedding.dimensions[1],
      max_position_embeddings: number('context_length'),
      rms_norm_eps: number('attention.layer_norm_rms_epsilon'),
      rope_theta: get('rope.freq_base') ?? 10000,
      tie_word_embeddings: !hasTensor('output.weight'),
      ...(token('bos') === undefined ? {} : { bos_token_id: token('bos') }),
      ...(token('eos') === undefined ? {} : { eos_token_id: token('eos') }),
    },
    path,
  )
}
