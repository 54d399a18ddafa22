import { describe, expect, it } from 'vitest'
import { createRandom } from '../support/random.ts'
import type { ParameterStore } from '../tensor/parameter-store.ts'
import { parseLlamaConfig } from './config.ts'
import { evaluateLoss, evaluateLosses } from './evaluate-loss.ts'
import { initialiseLlama, initialiseLora } from './initialise.ts'
import type { LoraSettings } from './lora.ts'
import type { PackedBatch } from './packed-batch.ts'
import { defaultOptimiser, type StepReport, type TrainingState, type TrainOptions, trainSteps } from './train-loop.ts'
import { packTree, pathsOf, type TokenNode } from './tree-testing.ts'

const config = parseLlamaConfig({
  hidden_size: 32,
  intermediate_size: 64,
  num_hidden_layers: 2,
  num_attention_heads: 4,
  num_key_value_heads: 2,
  vocab_size: 23,
  max_position_embeddings: 128,
})
const optimiser = { ...defaultOptimiser, learningRate: 1e-2, warmupSteps: 3 }

/** Sequences in which every token follows from the two before it: learnable, not by counting tokens. */
function sequence(seed: number, length = 24): TokenNode {
  const random = createRandom(seed, 'sequence')
  const tokens = [random.integer(23), random.integer(5)]
  while (tokens.length < length) tokens.push((tokens.at(-1)! * 2 + tokens.at(-2)! + 1) % 23)
  return tokens.reduceRight<TokenNode | undefined>(
    (next, token, index) => ({ token, ...(index > 1 ? { loss: 1 } : {}), ...(next ? { next: [next] } : {}) }),
    undefined,
  )!
}

const batchAt = (step: number): PackedBatch =>
  packTree(
    Array.from({ length: 24 }, (_, row) => sequence(step * 100 + row)),
    24,
  )

async function train(changes: Partial<TrainOptions> = {}) {
  const parameters = changes.parameters ?? initialiseLlama(config, 1)
  const reports: StepReport[] = []
  const onStep = (report: StepReport, state: TrainingState) => {
    reports.push(report)
    return changes.onStep?.(report, state)
  }
  const state = await trainSteps({
    config,
    steps: 10,
    batchAt,
    optimiser,
    seed: 1,
    threads: 2,
    ...changes,
    parameters,
    onStep,
  })
  return { parameters, reports, state }
}

const bytes = (store: ParameterStore) =>
  Buffer.from(Uint8Array.from(new Uint8Array(store.values.buffer))).toString('base64')

describe('trainSteps', () => {
  it('learns a rule and predicts sequences that it has not seen', async () => {
    const { parameters, reports } = await train({ steps: 120 })
    expect(reports[0]!.loss).toBeGreaterThan(2.5)
    expect(reports.at(-1)!.loss).toBeLessThan(0.5)
    expect(await evaluateLoss({ config, parameters, batches: [batchAt(5000)], threads: 2 })).toBeLessThan(0.5)
  })

  it('gives the same bits with any number of threads', async () => {
    const [one, three] = [
      await train({ threads: 1, tokensPerRun: 128 }),
      await train({ threads: 3, tokensPerRun: 128 }),
    ]
    expect(bytes(three.parameters)).toBe(bytes(one.parameters))
    expect(three.reports).toEqual(one.reports)
  })

  it('goes on after an interruption to the same bits', async () => {
    const whole = await train()
    const stop = new AbortController()
    let saved: { weights: Float32Array; state: TrainingState } | undefined
    const parameters = initialiseLlama(config, 1)
    const stopped = await train({
      parameters,
      signal: stop.signal,
      onStep(report, state) {
        if (report.step !== 4) return
        saved = { weights: parameters.values.slice(), state: structuredClone(state) }
        stop.abort()
      },
    })
    expect(stopped.state.step).toBe(4)
    const fresh = initialiseLlama(config, 99)
    fresh.values.set(saved!.weights)
    const resumed = await train({ parameters: fresh, resume: saved!.state })
    expect(resumed.reports).toEqual(whole.reports.slice(4))
    expect(bytes(resumed.parameters)).toBe(bytes(whole.parameters))
  })

  it('accumulates: several batches in a step are one batch', async () => {
    const trees = Array.from({ length: 6 }, (_, row) => sequence(row))
    const joined = await train({ steps: 3, batchAt: () => packTree(trees, 24) })
    const parts = await train({
      steps: 3,
      batchAt: () => [packTree(trees.slice(0, 1), 24), packTree(trees.slice(1), 64)],
    })
    parts.reports.forEach((report, index) => {
      expect(report.loss).toBeCloseTo(joined.reports[index]!.loss, 4)
      expect(report.gradientNorm).toBeCloseTo(joined.reports[index]!.gradientNorm, 3)
    })
  })

  it('clips the gradient by its global norm', async () => {
    const settings = { ...optimiser, warmupSteps: 0, epsilon: 1e6, weightDecay: 0, learningRate: 1 }
    const before = initialiseLlama(config, 1)
    const change = async (clip: number) => {
      const { parameters, reports } = await train({ steps: 1, optimiser: { ...settings, clip } })
      // With so large an epsilon the update is learning rate * gradient / epsilon.
      const moved = parameters.values.map((value, index) => (before.values[index]! - value) * 1e6)
      return { length: Math.hypot(...moved), norm: reports[0]!.gradientNorm }
    }
    const free = await change(Number.POSITIVE_INFINITY)
    expect(free.norm).toBeGreaterThan(0.5)
    expect(free.length / free.norm).toBeCloseTo(1, 0)
    const clipped = await change(free.norm / 4)
    expect(clipped.norm).toBeCloseTo(free.norm, 5)
    expect(clipped.length / free.length).toBeGreaterThan(0.2)
    expect(clipped.length / free.length).toBeLessThan(0.3)
  })

  it('trains an adapter and leaves the model as it is', async () => {
    const settings: LoraSettings = {
      rank: 4,
      alpha: 8,
      dropout: 0.1,
      targetModules: ['q_proj', 'v_proj', 'up_proj', 'down_proj'],
    }
    const parameters = initialiseLlama(config, 1)
    const before = bytes(parameters)
    const adapter = { settings, parameters: initialiseLora(config, settings, 2) }
    const batches = [batchAt(7000)]
    const unadapted = await evaluateLoss({ config, parameters, batches, threads: 1 })
    expect(await evaluateLoss({ config, parameters, adapter, batches, threads: 1 })).toBeCloseTo(unadapted, 5)
    const { reports } = await train({ parameters, adapter, steps: 60 })
    expect(bytes(parameters)).toBe(before)
    expect(reports.at(-1)!.loss).toBeLessThan(reports[0]!.loss - 0.2)
    expect(await evaluateLoss({ config, parameters, adapter, batches, threads: 1 })).toBeLessThan(unadapted - 0.2)

    const again = { settings, parameters: initialiseLora(config, settings, 2) }
    await train({ parameters, adapter: again, steps: 60, threads: 1 })
    expect(bytes(again.parameters)).toBe(bytes(adapter.parameters))
  })

  it('stops before it spoils the weights when numbers are no longer finite', async () => {
    const parameters = initialiseLlama(config, 1)
    parameters.get('model.norm.weight')[0] = Number.NaN
    const before = bytes(parameters)
    await expect(train({ parameters })).rejects.toMatchObject({ code: 'TRAINING_DIVERGED' })
    expect(bytes(parameters)).toBe(before)
  })

  it.each([
    ['tokens', 23],
    ['targets', -1],
    ['positions', 128],
    ['ends', 0],
    ['lossRows', 24 * 24],
  ] as const)('refuses a batch whose %s holds %d', async (name, value) => {
    const batch = batchAt(0)
    batch[name][3] = value
    const failure = { code: 'BATCH_INVALID', message: expect.stringContaining(`${name}[3] is ${value}`) }
    await expect(train({ threads: 1, batchAt: () => batch })).rejects.toMatchObject(failure)
  })
})

describe('evaluateLosses', () => {
  const parameters = initialiseLlama(config, 1)
  const losses = async (batch: PackedBatch, tokensPerRun?: number) =>
    (await evaluateLosses({ config, parameters, batches: [batch], threads: 2, tokensPerRun }))[0]!

  it('does not depend on what else is in the batch', async () => {
    const trees = Array.from({ length: 5 }, (_, row) => sequence(row, 20 + row))
    const together = await losses(packTree(trees, 100))
    const alone = await Promise.all(trees.map((tree, row) => losses(packTree([tree], 20 + row))))
    const flat = alone.flatMap((values) => [...values])
    expect(together.length).toBe(flat.length)
    for (const [index, value] of flat.entries()) expect(together[index]).toBeCloseTo(value, 5)
    const small = await losses(packTree(trees, 100), 1)
    for (const [index, value] of small.entries()) expect(together[index]).toBeCloseTo(value, 5)
  })

  it('gives every branch of a tree the loss of its path alone', async () => {
    const branch = (seed: number): TokenNode => ({ ...sequence(seed, 6), loss: 1 })
    const trunk = (depth: number): TokenNode => ({
      token: (depth * 7) % 23,
      loss: 1,
      next: [branch(depth), branch(depth + 50), ...(depth < 6 ? [trunk(depth + 1)] : [])],
    })
    const root: TokenNode = { token: 3, next: [trunk(0)] }
    const paths = pathsOf(root)
    expect(paths.length).toBe(14)
    const [tree, single] = [packTree([root], 100), packTree(paths, 16)]
    const [inTree, inPaths] = [await losses(tree), await losses(single)]
    // A target is identified by its prefix; the same prefix occurs once in the tree and in every path through it.
    const prefix = (batch: PackedBatch, loss: number) => {
      const row = batch.lossRows[loss]!
      const start = row - (row % batch.columns)
      const seen = []
      for (let place = start; place <= row; place++)
        if (row % batch.columns < batch.ends[place]!) seen.push(batch.tokens[place])
      return [...seen, batch.targets[loss]].join(' ')
    }
    const expected = new Map([...inPaths].map((value, index) => [prefix(single, index), value]))
    expect(expected.size).toBeGreaterThan(60)
    for (const [index, value] of inTree.entries()) expect(value).toBeCloseTo(expected.get(prefix(tree, index))!, 4)
  })
})
