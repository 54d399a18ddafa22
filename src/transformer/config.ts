import { z } from 'zod'
import { LeapError } from '../contracts/error.ts'

const size = z.number().int().positive()

/**
 * The fields of a Hugging Face `config.json` that decide a Llama-family forward pass (Llama, SmolLM2, Qwen2, llama2.c
 * exports). Names are the file's own. Unknown fields are kept.
 */
const schema = z.looseObject({
  model_type: z.string().default('llama'),
  hidden_size: size,
  intermediate_size: size,
  num_hidden_layers: size,
  num_attention_heads: size,
  /** Fewer than num_attention_heads: grouped-query attention. Null in some files: as many as num_attention_heads. */
  num_key_value_heads: size.nullish(),
  /** hidden_size / num_attention_heads when left out. */
  head_dim: size.nullish(),
  vocab_size: size,
  max_position_embeddings: size.default(2048),
  rms_norm_eps: z.number().positive().default(1e-6),
  rope_theta: z.number().positive().default(10000),
  tie_word_embeddings: z.boolean().default(false),
  /** Bias on q, k and v projections; Qwen2 always has it and its files do not say so. */
  attention_bias: z.boolean().optional(),
})

export type LlamaConfig = z.infer<typeof schema>

/** What the reader of a config need not give. */
export type LlamaConfigInput = z.input<typeof schema>

/** Checks a parsed `config.json`. Throws CHECKPOINT_CONFIG naming the field, also for features that are not implemented. */
export function parseLlamaConfig(json: unknown, source = 'config.json'): LlamaConfig {
  const parsed = schema.safeParse(json)
  if (!parsed.success) {
    const fields = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'file'}: ${issue.message}`)
    throw refuse(source, fields.join('; '), 'Expected the config.json of a Llama, SmolLM2 or Qwen2 checkpoint.')
  }
  const config = parsed.data
  // transformers 5 writes the base of the rotary embedding here instead of as rope_theta.
  const rope = config.rope_parameters as { rope_theta?: number; rope_type?: string } | null | undefined
  if (rope?.rope_theta !== undefined) config.rope_theta = rope.rope_theta
  if (config.model_type !== 'llama' && config.model_type !== 'qwen2')
    throw refuse(source, `model_type is ${config.model_type}`, 'Supported: llama (also SmolLM2), qwen2.')
  const scaling = (config.rope_scaling ?? rope) as { rope_type?: string; type?: string } | null | undefined
  const kind = scaling?.rope_type ?? scaling?.type ?? 'default'
  if (kind !== 'default')
    throw refuse(source, `rope_scaling.rope_type is ${kind}`, 'Only unscaled rotary embeddings are implemented.')
  if (config.hidden_act !== undefined && config.hidden_act !== 'silu')
    throw refuse(source, `hidden_act is ${config.hidden_act}`, 'Only silu is implemented.')
  if (config.use_sliding_window === true)
    throw refuse(source, 'use_sliding_window is true', 'Only full attention is implemented.')
  if (config.mlp_bias === true) throw refuse(source, 'mlp_bias is true', 'Bias is implemented for q, k and v only.')
  if (config.num_attention_heads % keyValueHeads(config) !== 0)
    throw refuse(
      source,
      `num_attention_heads ${config.num_attention_heads} is no multiple of num_key_value_heads ${keyValueHeads(config)}`,
    )
  if (headSize(config) % 2 !== 0 || !Number.isInteger(headSize(config)))
    throw refuse(source, `the head size ${headSize(config)} is not an even integer`)
  return config
}

/** Numbers per attention head. */
export function headSize(config: LlamaConfig): number {
  return config.head_dim ?? config.hidden_size / config.num_attention_heads
}

export function keyValueHeads(config: LlamaConfig): number {
  return config.num_key_value_heads ?? config.num_attention_heads
}

/** Whether q, k and v projections have a bias. */
export function hasAttentionBias(config: LlamaConfig): boolean {
  return config.attention_bias ?? config.model_type === 'qwen2'
}

function refuse(source: string, found: string, remedy?: string): LeapError {
  return new LeapError({
    code: 'CHECKPOINT_CONFIG',
    message: `${source}: ${found}`,
    ...(remedy === undefined ? {} : { remedy }),
  })
}
