import { describe, expect, it } from 'vitest'
import { type ConfigInput, configSchema } from '../config.ts'
import { presets } from './presets.ts'

/** A preset's settings in the words of the paper's tables. */
function settings(preset: ConfigInput) {
  const { student, training } = configSchema.parse(preset)
  const { trl, lora, iteration } = training
  return {
    model: student.checkpoint!.split('/')[1],
    batch: trl!.rowsPerDevice * trl!.accumulation * trl!.distributed.processes,
    length: trl!.maxLength,
    epochs: trl!.epochs,
    learningRate: iteration.learningRate,
    lora: [lora!.alpha, lora!.rank, lora!.dropout],
    optimiser: trl!.optimiser,
    schedule: trl!.schedule,
  }
}

const shared = {
  model: 'Meta-Llama-3-8B-Instruct',
  lora: [64, 128, 0.05],
  optimiser: 'adamw_torch',
  schedule: 'cosine',
}

describe("the paper's hyper-parameters", () => {
  it.each([
    ['paper-alfworld', { batch: 64, length: 8000, epochs: 1 }],
    ['paper-webshop', { batch: 16, length: 6000, epochs: 1 }],
    ['paper-intercode', { batch: 16, length: 6000, epochs: 5 }],
  ] as const)('%s: Table 8', (name, table) => {
    expect(settings(presets[name])).toEqual({ ...shared, ...table, learningRate: 3e-5 })
    const { cloning, iteration } = configSchema.parse(presets[name]).training
    expect(cloning.learningRate).toBe(3e-5)
    expect([iteration.rule, iteration.mixture]).toEqual(['sft', 'union'])
  })

  it.each([
    ['paper-alfworld-dpo', 'dpo', { batch: 32 }],
    ['paper-alfworld-kto', 'kto', { batch: 64 }],
  ] as const)('%s: Table 9, from one pi_0 by behaviour cloning', (name, rule, table) => {
    expect(settings(presets[name])).toEqual({ ...shared, ...table, length: 8000, epochs: 1, learningRate: 5e-7 })
    const { iterations, training } = configSchema.parse(presets[name])
    expect(iterations).toBe(1)
    expect(training.iteration.rule).toBe(rule)
    expect(training.iteration[rule].beta).toBe(0.01)
    expect(training.cloning.learningRate).toBe(3e-5)
    // Section 4.7: lambda_D 1, lambda_U 0.
    expect(training.iteration.kto).toMatchObject(rule === 'kto' ? { desirable: 1, undesirable: 0 } : {})
  })

  it.each([
    ['paper-alfworld', 30, 4],
    ['paper-webshop', 30, 4],
    ['paper-intercode', 10, 2],
  ] as const)('%s: %i actions, %i iterations, temperature 0.3', (name, maxSteps, iterations) => {
    const { rollouts, evaluation, ...config } = configSchema.parse(presets[name])
    expect([config.maxSteps, config.iterations]).toEqual([maxSteps, iterations])
    expect([rollouts.temperature, evaluation.temperature]).toEqual([0.3, 0.3])
  })
})
