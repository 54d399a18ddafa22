import { describe, expect, it } from 'vitest'
import { type AdamWStep, adamWUpdate } from './adamw.ts'
import { ParameterStore } from './parameter-store.ts'
import { cosineLearningRate } from './schedule.ts'

const settings: AdamWStep = { step: 1, learningRate: 0.1, betas: [0.9, 0.98], epsilon: 1e-8, gradientScale: 1 }
const arrays = (weights: number[], gradients: number[]) => ({
  weights: Float32Array.from(weights),
  gradients: Float32Array.from(gradients),
  firstMoment: new Float32Array(weights.length),
  secondMoment: new Float32Array(weights.length),
})

describe('adamWUpdate', () => {
  it('agrees with torch.optim.AdamW over three steps', () => {
    // torch 2.15: AdamW([1, -2, 0.5], lr=0.1, betas=(0.9, 0.98), weight_decay=0.05), gradient = 2 w + [1, 0, -3] at each step.
    const state = arrays([1, -2, 0.5], [0, 0, 0])
    const seen: number[][] = []
    for (let step = 1; step <= 3; step++) {
      for (let i = 0; i < 3; i++) state.gradients[i] = 2 * state.weights[i]! + [1, 0, -3][i]!
      adamWUpdate(state, { start: 0, end: 3, decay: 0.05 }, { ...settings, step })
      seen.push([...state.weights])
    }
    const torch = [
      [0.89499998, -1.88999999, 0.59750003],
      [0.79074496, -1.78071022, 0.69416356],
      [0.68740284, -1.67224729, 0.78970087],
    ]
    for (const [step, weights] of torch.entries())
      for (const [index, weight] of weights.entries()) expect(seen[step]![index]).toBeCloseTo(weight, 5)
  })

  it('moves a weight by the learning rate at the first step, whatever the size of the gradient', () => {
    const state = arrays([0, 0, 0], [1e-3, -5, 200])
    adamWUpdate(state, { start: 0, end: 3, decay: 0 }, settings)
    for (const [index, sign] of [-1, 1, -1].entries()) expect(state.weights[index]).toBeCloseTo(sign * 0.1, 5)
  })

  it('touches its range only, and decays a weight without gradient by learning rate times decay', () => {
    const state = arrays([1, 1, 1], [0, 0, 1])
    adamWUpdate(state, { start: 0, end: 2, decay: 0.5 }, settings)
    expect([...state.weights].map((weight) => Math.round(weight * 1e6) / 1e6)).toEqual([0.95, 0.95, 1])
  })

  it('is the same for ranges one after another as for the whole', () => {
    const whole = arrays([1, 2, 3, 4], [0.1, -0.2, 0.3, 0.4])
    const parts = arrays([1, 2, 3, 4], [0.1, -0.2, 0.3, 0.4])
    adamWUpdate(whole, { start: 0, end: 4, decay: 0.1 }, settings)
    adamWUpdate(parts, { start: 2, end: 4, decay: 0.1 }, settings)
    adamWUpdate(parts, { start: 0, end: 2, decay: 0.1 }, settings)
    expect(parts).toEqual(whole)
  })
})

describe('cosineLearningRate', () => {
  const schedule = { peak: 1, minShare: 0.1, warmupSteps: 4, steps: 20 }
  it('rises linearly, peaks after the warm-up, ends at the minimum and stays there', () => {
    const rates = Array.from({ length: 25 }, (_, step) => cosineLearningRate(schedule, step))
    expect(rates.slice(0, 5).map((rate) => Math.round(rate * 1000) / 1000)).toEqual([0.2, 0.4, 0.6, 0.8, 1])
    expect(cosineLearningRate({ ...schedule, steps: 19 }, 11)).toBeCloseTo(0.55, 10)
    for (let step = 5; step < 20; step++) expect(rates[step]).toBeLessThan(rates[step - 1]!)
    expect(rates[19]).toBeCloseTo(0.1, 10)
    expect(rates[24]).toBeCloseTo(0.1, 10)
  })

  it('has a positive rate for a training of one step', () => {
    expect(cosineLearningRate({ peak: 1, minShare: 0, warmupSteps: 0, steps: 1 }, 0)).toBe(1)
  })
})

describe('ParameterStore', () => {
  const store = new ParameterStore([
    { name: 'a', shape: [3, 5] },
    { name: 'b', shape: [2] },
  ])
  it('keeps parameters apart in one shared array', () => {
    store.set('a', new Float32Array(15).fill(1))
    store.set('b', [7, 8])
    expect(store.count).toBe(17)
    expect(store.slot('b').offset % 16).toBe(0)
    expect([...store.get('b')]).toEqual([7, 8])
    expect(store.values.reduce((sum, value) => sum + value, 0)).toBe(30)
    expect(store.values.buffer).toBeInstanceOf(SharedArrayBuffer)
  })

  it('refuses unknown names and wrong sizes', () => {
    expect(() => store.get('c')).toThrow(expect.objectContaining({ code: 'PARAMETER_UNKNOWN' }))
    expect(() => store.set('b', [1])).toThrow(expect.objectContaining({ code: 'PARAMETER_SHAPE' }))
  })
})
