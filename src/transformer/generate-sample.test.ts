import { describe, expect, it } from 'vitest'
import { createRandom } from '../support/random.ts'
import { type SamplingSettings, sampleToken } from './generate-sample.ts'

const logits = Float32Array.from([0.5, 0.3, 0.15, 0.05], Math.log)
const plain: SamplingSettings = { temperature: 1, topP: 1, allowed: undefined, banned: undefined }

function shares(settings: Partial<SamplingSettings>): number[] {
  const random = createRandom(1, 'shares')
  const counts = [0, 0, 0, 0]
  for (let draw = 0; draw < 4000; draw++) counts[sampleToken(logits, { ...plain, ...settings }, random)]!++
  return counts.map((count) => count / 4000)
}

function expectShares(found: number[], expected: number[]): void {
  found.forEach((share, index) => {
    expect(Math.abs(share - expected[index]!)).toBeLessThan(0.03)
  })
}

describe('sampleToken', () => {
  it('draws by probability', () => expectShares(shares({}), [0.5, 0.3, 0.15, 0.05]))
  it('sharpens at low temperature', () => expectShares(shares({ temperature: 0.5 }), [0.685, 0.247, 0.062, 0.007]))
  it('keeps to the nucleus', () => expectShares(shares({ topP: 0.7 }), [0.625, 0.375, 0, 0]))
  it('renormalises over what is allowed and not banned', () => {
    expectShares(shares({ allowed: [1, 2] }), [0, 0.667, 0.333, 0])
    expectShares(shares({ banned: new Set([0]) }), [0, 0.6, 0.3, 0.1])
    expectShares(shares({ allowed: [3] }), [0, 0, 0, 1])
  })
  it('takes the likeliest at temperature 0, the lowest id among equals', () => {
    expect(shares({ temperature: 0 })).toEqual([1, 0, 0, 0])
    const even = Float32Array.of(1, 2, 2, 0)
    expect(sampleToken(even, { ...plain, temperature: 0 }, createRandom(1))).toBe(1)
    expect(sampleToken(even, { ...plain, temperature: 0, allowed: [2, 1] }, createRandom(1))).toBe(1)
  })
})
