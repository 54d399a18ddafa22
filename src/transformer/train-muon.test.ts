import { describe, expect, it } from 'vitest'
import { createRandom } from '../support/random.ts'
import type { ParameterStore } from '../tensor/parameter-store.ts'
import { parseLlamaConfig } from './config.ts'
import { initialiseLlama, initialiseLora } from './initialise.ts'
import type { LoraSettings } from './lora.ts'
import { splitForMuon } from './muon-matrices.ts'
import { llamaParameters } from './parameters.ts'
import { defaultOptimiser, type TrainingState, type TrainOptions, trainSteps } from './train-loop.ts'
import { packTree, type TokenNode } from './tree-testing.ts'

const config = parseLlamaConfig({
  hidden_size: 64,
  intermediate_size: 128,
  num_hidden_layers: 2,
  num_attention_heads: 4,
  num_key_value_heads: 2,
  vocab_size: 33,
  max_position_embeddings: 64,
})
const optimiser = { ...defaultOptimiser, optimiser: 'muon', learningRate: 1e-2, warmupSteps: 10 } as const

/** A word of 4 to 12 letters, a mark, and the word again: what to copy must be looked up, since words differ in length. */
function copying(seed: number): TokenNode {
  const random = createRandom(seed, 'copying')
  const word = Array.from({ length: 4 + random.integer(9) }, () => 1 + random.integer(32))
  return [...word, 0, ...word].reduceRight<TokenNode | undefined>(
    (next, token, index) => ({ token, ...(index > word.length ? { loss: 1 } : {}), ...(next ? { next: [next] } : {}) }),
    undefined,
  )!
}

const batchAt = (step: number) =>
  packTree(
    Array.from({ length: 32 }, (_, row) => copying(step * 1000 + row)),
    26,
  )

async function train(changes: Partial<TrainOptions> = {}) {
  const parameters = changes.parameters ?? initialiseLlama(config, 1)
  const losses: number[] = []
  const state = await trainSteps({
    config,
    steps: 6,
    batchAt,
    optimiser,
    seed: 1,
    threads: 2,
    ...changes,
    parameters,
    onStep(report, current) {
      losses.push(report.loss)
      return changes.onStep?.(report, current)
    },
  })
  return { parameters, losses, state }
}

const bytes = (store: ParameterStore) => Buffer.from(store.values.slice().buffer).toString('base64')

describe('training with Muon', () => {
  it('updates the projections of all layers with Muon and nothing else', async () => {
    const { parameters, state } = await train({ steps: 2 })
    const { matrices, others } = splitForMuon(config, parameters.slots, 0)
    expect(matrices).toHaveLength(7 * config.num_hidden_layers)
    const names = others.map(({ name }) => name)
    expect(names).toContain('model.embed_tokens.weight')
    expect(names).toContain('lm_head.weight')
    expect(names).toContain('model.layers.1.input_layernorm.weight')
    expect(names.length + matrices.length).toBe(llamaParameters(config).length)
    const size = (part: Float32Array) => Math.hypot(...part)
    // AdamW keeps squares of gradients, Muon does not; both keep a running mean.
    for (const { offset, rows, columns } of matrices) {
      expect(size(state.secondMoment.subarray(offset, offset + rows * columns))).toBe(0)
      expect(size(state.firstMoment.subarray(offset, offset + rows * columns))).toBeGreaterThan(0)
    }
    for (const { offset, size: length } of others)
      expect(size(state.secondMoment.subarray(offset, offset + length))).toBeGreaterThan(0)
  })

  it('moves matrices by the learning rate of Muon, everything else by that of AdamW', async () => {
    const before = initialiseLlama(config, 1)
    const settings = { ...optimiser, warmupSteps: 0, weightDecay: 0 }
    const moved = async (muonLearningRate: number) => {
      const { parameters } = await train({ steps: 1, optimiser: { ...settings, muonLearningRate } })
      return (name: string) =>
        Math.hypot(...parameters.get(name).map((value, index) => value - before.get(name)[index]!))
    }
    const [slow, fast] = [await moved(0.01), await moved(0.03)]
    const [up, head] = ['model.layers.0.mlp.up_proj.weight', 'lm_head.weight']
    // An update of 64 singular values near 1, times the root of 128 rows per 64 columns.
    expect(slow(up) / 0.01).toBeGreaterThan(0.7 * Math.sqrt(64 * 2))
    expect(slow(up) / 0.01).toBeLessThan(1.2 * Math.sqrt(64 * 2))
    expect(fast(up) / slow(up)).toBeCloseTo(3, 3)
    expect(fast(head)).toBe(slow(head))
  })

  it('gives the same bits with any number of threads', async () => {
    const [one, three] = [
      await train({ threads: 1, tokensPerRun: 128 }),
      await train({ threads: 3, tokensPerRun: 128 }),
    ]
    expect(bytes(three.parameters)).toBe(bytes(one.parameters))
    expect(three.losses).toEqual(one.losses)
  })

  it('goes on after an interruption to the same bits', async () => {
    const whole = await train()
    const stop = new AbortController()
    let saved: { weights: Float32Array; state: TrainingState } | undefined
    const parameters = initialiseLlama(config, 1)
    await train({
      parameters,
      signal: stop.signal,
      onStep(report, state) {
        if (report.step !== 3) return
        saved = { weights: parameters.values.slice(), state: structuredClone(state) }
        stop.abort()
      },
    })
    const fresh = initialiseLlama(config, 99)
    fresh.values.set(saved!.weights)
    const resumed = await train({ parameters: fresh, resume: saved!.state })
    expect(resumed.losses).toEqual(whole.losses.slice(3))
    expect(bytes(resumed.parameters)).toBe(bytes(whole.parameters))
  })

  it('learns to copy in fewer updates than AdamW at either learning rate that suits it', async () => {
    const reached = async (settings: Partial<TrainOptions['optimiser']>) => {
      const { losses } = await train({ steps: 120, optimiser: { ...optimiser, ...settings } })
      return losses.slice(-10).reduce((sum, loss) => sum + loss, 0) / 10
    }
    const muon = await reached({})
    expect(muon).toBeLessThan(2.2)
    for (const learningRate of [5e-3, 1e-2])
      expect(await reached({ optimiser: 'adamw', learningRate })).toBeGreaterThan(muon + 0.1)
  })

  it('trains an adapter as AdamW does', async () => {
    const settings: LoraSettings = { rank: 2, alpha: 4, dropout: 0, targetModules: ['q_proj', 'down_proj'] }
    const trained = async (name: 'adamw' | 'muon') => {
      const adapter = { settings, parameters: initialiseLora(config, settings, 2) }
      await train({ steps: 3, adapter, optimiser: { ...optimiser, optimiser: name } })
      return bytes(adapter.parameters)
    }
    expect(await trained('muon')).toBe(await trained('adamw'))
  })
})
