import { swiglu } from '../tensor/operations/activation.ts'
import { add, scale } from '../tensor/operations/arithmetic.ts'
import { causalAttention } from '../tensor/operations/attention.ts'
import { dropout } from '../tensor/operations/dropout.ts'
import { gatherRows } from '../tensor/operations/indexing.ts'
import { linear } from '../tensor/operations/matmul.ts'
import { rmsNorm } from '../tensor/operations/normalisation.ts'
import { rotary } from '../tensor/operations/rotary.ts'
import { reshape, transpose } from '../tensor/operations/shape.ts'
import type { Tensor } from '../tensor/types.ts'
import { headSize, keyValueHeads, type LlamaConfig } from './config.ts'
import { type LoraSettings, loraNames } from './lora.ts'
import { hasBias, type Projection, projectionPath, projectionShape } from './parameters.ts'
import { rotaryTables } from './rotary-tables.ts'
import { treeMasks } from './tree-mask.ts'

/** What a Llama forward pass is built from. Used by training, held-out loss and (with its own `attend`) cached decoding. */
export interface LlamaBuild {
  config: LlamaConfig
  /** Supplies a weight by its Hugging Face name: a graph input for training, a constant for decoding. */
  parameter(name: string, shape: readonly number[]): Tensor
  /** int32 or int64 [batch, tokens]. */
  tokens: Tensor
  /** int32 or int64 [batch, tokens], below max_position_embeddings. */
  positions: Tensor
  /**
   * Attention of one layer, after the rotary embedding: queries [batch, heads, tokens, size], keys and values
   * [batch, keyHeads, tokens, size] of the NEW tokens -> context [batch, heads, tokens, size]. See {@link treeAttention}.
   */
  attend(layer: number, queries: Tensor, keys: Tensor, values: Tensor): Tensor
  /** Adds the adapter's low-rank terms; its matrices are asked for through `parameter`. */
  lora?: LoraSettings | undefined
  /** float32 [batch * tokens], random numbers in [1, 64) for LoRA's dropout; left out: no dropout. */
  dropoutRows?: Tensor | undefined
}

/** `attend` for whole rows of token trees (see PackedBatch): `ends` int32 [batch, tokens], tokens a multiple of `parts`. */
export function treeAttention(ends: Tensor, parts: number): LlamaBuild['attend'] {
  const masks = treeMasks(ends, parts)
  return (_layer, queries, keys, values) => causalAttention(queries, keys, values, masks)
}

/**
 * The decoder up to and including its final norm: hidden states [rows, hidden_size], row = batch index * tokens + column.
 * Equals `LlamaModel(...).last_hidden_state` of transformers.
 */
export function llamaHidden(build: LlamaBuild): Tensor {
  const { config, tokens } = build
  const embedded = gatherRows(
    build.parameter('model.embed_tokens.weight', [config.vocab_size, config.hidden_size]),
    tokens,
  )
  let hidden = reshape(embedded, ['rows', config.hidden_size])
  for (let layer = 0; layer < config.num_hidden_layers; layer++) {
    hidden = add(hidden, selfAttention(build, layer, norm(build, hidden, `model.layers.${layer}.input_layernorm`)))
    hidden = add(
      hidden,
      feedForward(build, layer, norm(build, hidden, `model.layers.${layer}.post_attention_layernorm`)),
    )
  }
  return norm(build, hidden, 'model.norm')
}

/** Logits [n, vocab_size] of hidden states [n, hidden_size]. */
export function llamaLogits(build: Pick<LlamaBuild, 'config' | 'parameter'>, hidden: Tensor): Tensor {
  const { tie_word_embeddings: tied, vocab_size: vocabulary, hidden_size: size } = build.config
  return linear(hidden, build.parameter(tied ? 'model.embed_tokens.weight' : 'lm_head.weight', [vocabulary, size]))
}

/** The norm whose weight is `<path>.weight`, of hidden states [rows, hidden_size]. */
export function norm(build: Omit<LlamaBuild, 'attend'>, hidden: Tensor, path: string): Tensor {
  return rmsNorm(hidden, build.parameter(`${path}.weight`, [build.config.hidden_size]), build.config.rms_norm_eps)
}

function selfAttention(build: LlamaBuild, layer: number, hidden: Tensor): Tensor {
  const { queries, keys, values } = queriesKeysValues(build, layer, hidden)
  return attentionOutput(build, layer, build.attend(layer, queries, keys, values))
}

/** What one layer attends with, of its normed input [rows, hidden_size]: queries and keys turned by their positions, [batch, heads, tokens, size]. */
export function queriesKeysValues(
  build: Omit<LlamaBuild, 'attend'>,
  layer: number,
  hidden: Tensor,
): { queries: Tensor; keys: Tensor; values: Tensor } {
  const { config, tokens, positions } = build
  const [batch, columns] = tokens.shape as [Tensor['shape'][number], Tensor['shape'][number]]
  const size = headSize(config)
  const { cosines, sines } = rotaryTables(hidden.graph, config)
  const heads = (projection: Projection, count: number) =>
    transpose(reshape(project(build, layer, projection, hidden), [batch, columns, count, size]), [0, 2, 1, 3])
  return {
    queries: rotary(heads('q_proj', config.num_attention_heads), positions, cosines, sines),
    keys: rotary(heads('k_proj', keyValueHeads(config)), positions, cosines, sines),
    values: heads('v_proj', keyValueHeads(config)),
  }
}

/** The output projection of what was attended to, [batch, heads, tokens, size] -> [rows, hidden_size]. */
export function attentionOutput(build: Omit<LlamaBuild, 'attend'>, layer: number, context: Tensor): Tensor {
  const width = build.config.num_attention_heads * headSize(build.config)
  return project(build, layer, 'o_proj', reshape(transpose(context, [0, 2, 1, 3]), ['rows', width]))
}

/** The gated feed-forward block of one layer, of its normed input [rows, hidden_size]. */
export function feedForward(build: Omit<LlamaBuild, 'attend'>, layer: number, hidden: Tensor): Tensor {
  const gated = swiglu(project(build, layer, 'gate_proj', hidden), project(build, layer, 'up_proj', hidden))
  return project(build, layer, 'down_proj', gated)
}

function project(build: Omit<LlamaBuild, 'attend'>, layer: number, projection: Projection, x: Tensor): Tensor {
  const { config, lora, parameter } = build
  const path = projectionPath(layer, projection)
  const [out, input] = projectionShape(config, projection)
  const bias = hasBias(config, projection) ? parameter(`${path}.bias`, [out]) : undefined
  const base = linear(x, parameter(`${path}.weight`, [out, input]), bias)
  if (!lora?.targetModules.includes(projection)) return base
  const names = loraNames(layer, projection)
  const dropped = lora.dropout > 0 && build.dropoutRows ? dropout(x, lora.dropout, build.dropoutRows, path) : x
  // Scaled between the two matrices, where it is `rank` numbers a row and not `out`, in the backward pass too.
  const inner = scale(linear(dropped, parameter(names.a, [lora.rank, input])), lora.alpha / lora.rank)
  return add(base, linear(inner, parameter(names.b, [out, lora.rank])))
}
