import { hasAttentionBias, headSize, keyValueHeads, type LlamaConfig } from './config.ts'

/** A named weight: Hugging Face's name (`model.layers.0.self_attn.q_proj.weight`) and shape (matrices are [out, in]). */
export interface ParameterShape {
  readonly name: string
  readonly shape: readonly number[]
}

/** Names of the linear layers inside a decoder layer, as LoRA target modules are named, and the block that holds them. */
export const projections = {
  q_proj: 'self_attn',
  k_proj: 'self_attn',
  v_proj: 'self_attn',
  o_proj: 'self_attn',
  gate_proj: 'mlp',
  up_proj: 'mlp',
  down_proj: 'mlp',
} as const

export type Projection = keyof typeof projections

/** `model.layers.3.self_attn.q_proj` and so on: the stem of a projection's parameter names. */
export function projectionPath(layer: number, projection: Projection): string {
  return `model.layers.${layer}.${projections[projection]}.${projection}`
}

/** Sizes of a projection's weight, [out, in]. */
export function projectionShape(config: LlamaConfig, projection: Projection): [number, number] {
  const { hidden_size: hidden, intermediate_size: inner } = config
  const queries = config.num_attention_heads * headSize(config)
  const keys = keyValueHeads(config) * headSize(config)
  const shapes: Record<Projection, [number, number]> = {
    q_proj: [queries, hidden],
    k_proj: [keys, hidden],
    v_proj: [keys, hidden],
    o_proj: [hidden, queries],
    gate_proj: [inner, hidden],
    up_proj: [inner, hidden],
    down_proj: [hidden, inner],
  }
  return shapes[projection]
}

/** Every parameter of the model, in the order in which they are laid out in memory and drawn at initialisation. */
export function llamaParameters(config: LlamaConfig): ParameterShape[] {
  const { hidden_size: hidden, vocab_size: vocabulary } = config
  const result: ParameterShape[] = [{ name: 'model.embed_tokens.weight', shape: [vocabulary, hidden] }]
  for (let layer = 0; layer < config.num_hidden_layers; layer++) {
    const stem = `model.layers.${layer}`
    result.push({ name: `${stem}.input_layernorm.weight`, shape: [hidden] })
    for (const projection of Object.keys(projections) as Projection[]) {
      if (projection === 'gate_proj') result.push({ name: `${stem}.post_attention_layernorm.weight`, shape: [hidden] })
      const path = projectionPath(layer, projection)
      result.push({ name: `${path}.weight`, shape: projectionShape(config, projection) })
      if (hasBias(config, projection))
        result.push({ name: `${path}.bias`, shape: [projectionShape(config, projection)[0]] })
    }
  }
  result.push({ name: 'model.norm.weight', shape: [hidden] })
  if (!config.tie_word_embeddings) result.push({ name: 'lm_head.weight', shape: [vocabulary, hidden] })
  return result
}

/** Whether this projection has a bias vector. */
export function hasBias(config: LlamaConfig, projection: Projection): boolean {
  return hasAttentionBias(config) && (projection === 'q_proj' || projection === 'k_proj' || projection === 'v_proj')
}
