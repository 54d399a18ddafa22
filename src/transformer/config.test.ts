import { describe, expect, it } from 'vitest'
import { hasAttentionBias, headSize, keyValueHeads, parseLlamaConfig } from './config.ts'
import { llamaParameters } from './parameters.ts'

const sizes = { hidden_size: 8, intermediate_size: 12, num_hidden_layers: 1, num_attention_heads: 2, vocab_size: 5 }

describe('parseLlamaConfig', () => {
  it('fills in what Hugging Face leaves out', () => {
    const config = parseLlamaConfig({ ...sizes, num_key_value_heads: null, torch_dtype: 'float32' })
    expect(headSize(config)).toBe(4)
    expect(keyValueHeads(config)).toBe(2)
    expect(hasAttentionBias(config)).toBe(false)
    expect(config).toMatchObject({ rope_theta: 10000, tie_word_embeddings: false, torch_dtype: 'float32' })
  })

  it('reads the base of the rotary embedding where transformers 5 writes it', () => {
    const rope_parameters = { rope_theta: 5e5, rope_type: 'default' }
    expect(parseLlamaConfig({ ...sizes, rope_parameters }).rope_theta).toBe(5e5)
  })

  it.each([
    [{ ...sizes, hidden_size: 0 }, 'hidden_size'],
    [{ ...sizes, vocab_size: undefined }, 'vocab_size'],
    [{ ...sizes, model_type: 'gemma' }, 'gemma'],
    [{ ...sizes, num_key_value_heads: 3 }, 'num_key_value_heads 3'],
    [{ ...sizes, hidden_size: 6, num_attention_heads: 2 }, 'head size 3'],
    [{ ...sizes, rope_scaling: { rope_type: 'llama3' } }, 'llama3'],
    [{ ...sizes, rope_parameters: { rope_type: 'yarn', rope_theta: 1e4 } }, 'yarn'],
    [{ ...sizes, hidden_act: 'gelu' }, 'gelu'],
    [{ ...sizes, mlp_bias: true }, 'mlp_bias'],
    [{ ...sizes, use_sliding_window: true }, 'use_sliding_window'],
  ])('refuses what it would compute wrongly: %j', (json, named) => {
    const failure = {
      code: 'CHECKPOINT_CONFIG',
      message: expect.stringMatching(new RegExp(`student/config.json.*${named}`)),
    }
    expect(() => parseLlamaConfig(json, 'student/config.json')).toThrow(expect.objectContaining(failure))
  })
})

describe('llamaParameters', () => {
  it('names parameters as checkpoints do', () => {
    const config = parseLlamaConfig({
      ...sizes,
      model_type: 'qwen2',
      num_key_value_heads: 1,
      tie_word_embeddings: true,
    })
    const layer = 'model.layers.0'
    expect(llamaParameters(config).map(({ name, shape }) => `${name} ${shape.join('x')}`)).toEqual([
      'model.embed_tokens.weight 5x8',
      `${layer}.input_layernorm.weight 8`,
      `${layer}.self_attn.q_proj.weight 8x8`,
      `${layer}.self_attn.q_proj.bias 8`,
      `${layer}.self_attn.k_proj.weight 4x8`,
      `${layer}.self_attn.k_proj.bias 4`,
      `${layer}.self_attn.v_proj.weight 4x8`,
      `${layer}.self_attn.v_proj.bias 4`,
      `${layer}.self_attn.o_proj.weight 8x8`,
      `${layer}.post_attention_layernorm.weight 8`,
      `${layer}.mlp.gate_proj.weight 12x8`,
      `${layer}.mlp.up_proj.weight 12x8`,
      `${layer}.mlp.down_proj.weight 8x12`,
      'model.norm.weight 8',
    ])
  })
})
