import { afterAll, describe, expect, it } from 'vitest'
import { createRandom } from '../support/random.ts'
import { hostTensor, openSession } from '../tensor/session.ts'
import type { PackedBatch } from './packed-batch.ts'
import { packExamples } from './packing.ts'
import { llamaParameters } from './parameters.ts'
import { randomParameters, tinyConfig } from './testing.ts'
import type { TokenExample } from './token-example.ts'
import { buildTrainingGraph } from './training-graph.ts'

const options = { rowTokens: 128, batchTokens: 512, longest: 256 }

/** Examples as an episode makes them: prompt = head + history so far + tail of its own; some share a completion's beginning. */
function episode(group: string, seed: number): TokenExample[] {
  const random = createRandom(seed, group)
  const some = (count: number) => Array.from({ length: count }, () => random.integer(40))
  let history = some(5)
  return Array.from({ length: 6 }, (_, step) => {
    history = [...history, ...some(3)]
    const completion = [...(step % 2 ? [1, 2] : [3]), ...some(2 + random.integer(3))]
    return { prompt: [...history, 39, ...some(step === 2 ? 0 : 4)], completion, group, weight: step === 4 ? 0.5 : 1 }
  })
}

const examples = [
  ...episode('a', 1),
  ...episode('b', 2),
  // Two answers to one prompt, one the beginning of the other, and one answer twice.
  { prompt: [7, 8, 9], completion: [10, 11], group: 'c' },
  { prompt: [7, 8, 9], completion: [10, 11, 12], group: 'c' },
  { prompt: [7, 8, 9], completion: [10, 11], group: 'c' },
  { prompt: [7], completion: [8], group: 'c' },
]

const session = openSession(buildTrainingGraph(tinyConfig), { threads: 1 })
afterAll(async () => (await session).dispose())
const parameters = randomParameters(tinyConfig, 5)

async function loss(batches: readonly PackedBatch[]): Promise<number> {
  let sum = 0
  for (const { rows, columns, tokens, positions, ends, lossRows, targets, weights } of batches) {
    const grid = [rows, columns]
    const feeds = {
      tokens: hostTensor('int32', tokens, grid),
      positions: hostTensor('int32', positions, grid),
      ends: hostTensor('int32', ends, grid),
      lossRows: hostTensor('int32', lossRows, [lossRows.length]),
      targets: hostTensor('int32', targets, [targets.length]),
      weights: hostTensor('float32', weights, [weights.length]),
      ...Object.fromEntries(
        llamaParameters(tinyConfig).map(({ name, shape }) => [
          name,
          hostTensor('float32', parameters.get(name)!.data, shape),
        ]),
      ),
    }
    sum += ((await (await session).run(feeds)).loss!.data as Float32Array)[0]!
  }
  return sum
}

describe('packExamples', () => {
  it('gives the loss of the examples one by one', async () => {
    const packed = packExamples(examples, options)
    let separate = 0
    for (const example of examples) separate += await loss(packExamples([example], options))
    const together = await loss(packed)
    expect(separate).toBeGreaterThan(10)
    expect(Math.abs(together - separate)).toBeLessThan(1e-4 * separate)
  })

  it('computes what prompts share only once', () => {
    const tokens = packExamples(examples, options).reduce((sum, { ends, columns }) => {
      // Padding is visible to itself only and stands alone, so count what has position or continuation.
      return sum + [...ends].filter((end, index) => end > (index % columns) + 1).length
    }, 0)
    const alone = examples.reduce((sum, { prompt, completion }) => sum + prompt.length + completion.length - 1, 0)
    expect(tokens).toBeLessThan(alone * 0.7)
  })

  it('keeps every target, with its weight', () => {
    const wanted = examples.reduce((sum, { completion, weight = 1 }) => sum + completion.length * weight, 0)
    const kept = packExamples(examples, options).reduce(
      (sum, { weights }) => sum + weights.reduce((a, b) => a + b, 0),
      0,
    )
    expect(kept).toBeCloseTo(wanted, 4)
  })

  it('keeps to the sizes asked for and begins a new tree where a group is too long', () => {
    const long = Array.from({ length: 8 }, (_, seed) => episode(`long ${seed}`, seed)).flat()
    const batches = packExamples(long, { rowTokens: 64, batchTokens: 128, longest: 256 })
    for (const { rows, columns, tokens } of batches) {
      expect(columns).toBe(64)
      expect(rows).toBeLessThanOrEqual(2)
      expect(tokens).toHaveLength(rows * columns)
    }
  })

  it('shuffles by the stream it is given and by nothing else', () => {
    const many = Array.from({ length: 30 }, (_, seed) => episode(`episode ${seed}`, seed)).flat()
    const once = packExamples(many, options, createRandom(3))
    expect(packExamples(many, options, createRandom(3))).toEqual(once)
    expect(packExamples(many, options, createRandom(4))).not.toEqual(once)
  })

  it('keeps pairs in one tree with their prompt once, and tells which target is whose where answers begin alike', () => {
    const random = createRandom(2, 'pairs')
    const pairs = Array.from({ length: 20 }, (_, pair): TokenExample[] => {
      const prompt = Array.from({ length: 30 }, () => random.integer(40))
      const shared = { prompt, group: 'one game', unit: pair }
      // Both answers begin with the same token.
      return [
        { ...shared, completion: [5, 6, pair], segment: 2 * pair },
        { ...shared, completion: [5, 7], segment: 2 * pair + 1 },
      ]
    })
    const batches = packExamples(pairs.flat(), { ...options, batchTokens: 128 })
    expect(batches.length).toBeGreaterThan(3)
    const seen = new Map<number, number[]>()
    for (const { segments, targets } of batches) {
      const here = new Map<number, number[]>()
      segments!.forEach((segment, index) => {
        here.set(segment, [...(here.get(segment) ?? []), targets[index]!])
      })
      for (const [segment, found] of here) {
        // Both of a pair, or neither.
        expect(here.has(segment ^ 1)).toBe(true)
        seen.set(segment, found)
      }
    }
    for (const example of pairs.flat()) expect(seen.get(example.segment!)).toEqual([...Array.from(example.completion)])
    // 30 prompt tokens, the shared 5, and 6: the last token of an answer is only a target.
    const tokens = batches.reduce((sum, { positions }) => sum + positions.filter((position) => position > 0).length, 0)
    expect(tokens).toBe(20 * 31)
  })

  it('refuses an example without trained tokens or longer than the model reads, naming it', () => {
    expect(() => packExamples([{ prompt: [1], completion: [], group: 'g' }], options)).toThrow(
      /example 0 of group g.*completion/,
    )
    expect(() => packExamples([{ prompt: [], completion: [1], group: 'g' }], options)).toThrow(/prompt has no tokens/)
    const long = { prompt: Array(256).fill(1), completion: [1, 2], group: 'g' }
    expect(() => packExamples([long], options)).toThrow(/256 positions/)
  })
})
