import { describe, expect, it } from 'vitest'
import { parseLlamaConfig } from './config.ts'
import { initialiseLlama, initialiseLora } from './initialise.ts'
import { checkLora, type LoraSettings } from './lora.ts'

const config = parseLlamaConfig({
  hidden_size: 64,
  intermediate_size: 256,
  num_hidden_layers: 2,
  num_attention_heads: 4,
  vocab_size: 200,
  model_type: 'qwen2',
})
const deviation = (values: Float32Array) =>
  Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length)
const settings: LoraSettings = { rank: 8, alpha: 16, dropout: 0, targetModules: ['q_proj', 'down_proj'] }

describe('initialiseLlama', () => {
  const store = initialiseLlama(config, 1)
  it.each([
    ['model.embed_tokens.weight', 0.08],
    ['model.layers.1.self_attn.q_proj.weight', 1 / 8],
    ['model.layers.1.mlp.down_proj.weight', 1 / 16],
    ['lm_head.weight', 1 / 8],
  ])('draws %s with deviation %d', (name, expected) => {
    expect(deviation(store.get(name)) / expected).toBeGreaterThan(0.95)
    expect(deviation(store.get(name)) / expected).toBeLessThan(1.05)
  })

  it('starts norms at one and biases at zero', () => {
    expect(store.get('model.norm.weight').every((value) => value === 1)).toBe(true)
    expect(store.get('model.layers.0.self_attn.q_proj.bias').every((value) => value === 0)).toBe(true)
  })

  it('is determined by the seed, each parameter by itself', () => {
    expect(initialiseLlama(config, 1).values).toEqual(store.values)
    expect(initialiseLlama(config, 2).values).not.toEqual(store.values)
    const deeper = initialiseLlama({ ...config, num_hidden_layers: 3 }, 1)
    for (const { name } of store.slots) expect(deeper.get(name)).toEqual(store.get(name))
  })
})

describe('matching heads', () => {
  const plain = initialiseLlama(config, 1)
  const store = initialiseLlama(config, 1, { matching: true })
  const likeness = (layer: number, queryHead: number, keyHead = queryHead, of = store) => {
    const rows = (name: string, head: number) =>
      of.get(`model.layers.${layer}.self_attn.${name}_proj.weight`).subarray(head * 16 * 64, (head + 1) * 16 * 64)
    const [queries, keys] = [rows('q', queryHead), rows('k', keyHead)]
    const product = queries.reduce((sum, value, index) => sum + value * keys[index]!, 0)
    return product / (deviation(queries) * deviation(keys) * queries.length)
  }

  it('are the first half of every layer’s', () => {
    for (const layer of [0, 1]) {
      for (const head of [0, 1]) expect(likeness(layer, head)).toBeCloseTo(0.7, 1)
      for (const head of [2, 3]) expect(Math.abs(likeness(layer, head))).toBeLessThan(0.1)
    }
  })

  it('change keys alone, not their size', () => {
    for (const { name } of store.slots) {
      if (name.endsWith('k_proj.weight')) expect(deviation(store.get(name)) * 8).toBeCloseTo(1, 1)
      else expect(store.get(name)).toEqual(plain.get(name))
    }
  })

  it('share keys among grouped queries', () => {
    const grouped = initialiseLlama({ ...config, num_key_value_heads: 2 }, 1, { matching: true })
    expect(likeness(0, 0, 0, grouped)).toBeCloseTo(0.7, 1)
    expect(Math.abs(likeness(0, 2, 1, grouped))).toBeLessThan(0.1)
  })
})

describe('initialiseLora', () => {
  it('starts without effect: A drawn, B zero', () => {
    const store = initialiseLora(config, settings, 1)
    expect(store.slots.length).toBe(8)
    const a = store.get('model.layers.0.mlp.down_proj.lora_A.weight')
    expect(a.length).toBe(8 * 256)
    expect(Math.max(...a.map(Math.abs))).toBeLessThanOrEqual(1 / 16)
    expect(deviation(a) * 16).toBeCloseTo(Math.sqrt(1 / 3), 1)
    expect(store.get('model.layers.0.mlp.down_proj.lora_B.weight').every((value) => value === 0)).toBe(true)
  })

  it.each([
    [{ rank: 0 }, 'rank'],
    [{ alpha: -1 }, 'alpha'],
    [{ dropout: 1 }, 'dropout'],
    [{ targetModules: [] }, 'targetModules'],
    [{ targetModules: ['lm_head' as 'q_proj'] }, 'lm_head'],
  ])('refuses settings that make no adapter: %j', (change, named) => {
    const failure = { code: 'LORA_SETTINGS', message: expect.stringContaining(named) }
    expect(() => checkLora({ ...settings, ...change })).toThrow(expect.objectContaining(failure))
  })
})
