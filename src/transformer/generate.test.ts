import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { GenerateResult } from '../contracts/model.ts'
import { createRandom } from '../support/random.ts'
import { hostTensor, openSession } from '../tensor/session.ts'
import type { Checkpoint } from './checkpoint.ts'
import { createGenerator, type Generator, type SequenceRequest } from './generate.ts'
import { packExamples } from './packing.ts'
import { tinyCheckpoint } from './testing.ts'
import { householdTexts } from './tokenizer-testing.ts'
import { buildTrainingGraph } from './training-graph.ts'

const checkpoint: Checkpoint = tinyCheckpoint()
let generator: Generator
beforeAll(async () => {
  generator = await createGenerator(checkpoint)
})
afterAll(() => generator.close())

const texts = householdTexts(80).map((text) => text.slice(0, text.indexOf('REASON:') + 7))
const request = (index: number, more: Partial<SequenceRequest> = {}): SequenceRequest => ({
  prompt: checkpoint.text.encode(texts[index % texts.length]!),
  temperature: 0.9,
  maxTokens: 6 + (index % 9),
  seed: index,
  logprobs: true,
  ...more,
})

describe('cached generation', () => {
  it('scores as the training graph does', async () => {
    const prompt = checkpoint.text.encode(texts[0]!)
    const completion = checkpoint.text.encode(' I need a mug. ACTION: go to cabinet 1\n')
    const [batch] = packExamples([{ prompt, completion, group: 'g' }], { rowTokens: 64, batchTokens: 64, longest: 512 })
    const { rows, columns, tokens, positions, ends, lossRows, targets, weights } = batch!
    const session = await openSession(buildTrainingGraph(checkpoint.config), { threads: 1 })
    const grid = [rows, columns]
    const { losses } = await session.run({
      tokens: hostTensor('int32', tokens, grid),
      positions: hostTensor('int32', positions, grid),
      ends: hostTensor('int32', ends, grid),
      lossRows: hostTensor('int32', lossRows, [lossRows.length]),
      targets: hostTensor('int32', targets, [targets.length]),
      weights: hostTensor('float32', weights, [weights.length]),
      ...Object.fromEntries(
        [...checkpoint.weights].map(([name, { shape, data }]) => [name, hostTensor('float32', data, shape)]),
      ),
    })
    await session.dispose()
    const scored = await generator.score(prompt, completion)
    expect(scored).toHaveLength(completion.length)
    scored.forEach((value, index) => {
      expect(value).toBeCloseTo(-(losses!.data as Float32Array)[index]!, 4)
    })
  })

  it('gives the log-probabilities that scoring its own text gives', async () => {
    const one = request(3, { temperature: 0, maxTokens: 8 })
    const ids: number[] = []
    // Greedy continuation token by token, each from a fresh prompt, is the reference.
    for (let step = 0; step < 8; step++) {
      const { text } = await generator.generate({ ...one, prompt: [...one.prompt, ...ids], maxTokens: 1 })
      const next = bestToken(await Promise.all(candidates.map((id) => generator.score([...one.prompt, ...ids], [id]))))
      expect(checkpoint.text.decode([next])).toBe(text)
      ids.push(next)
    }
    const whole = await generator.generate(one)
    expect(whole.text).toBe(checkpoint.text.decode(ids))
    const scored = await generator.score(one.prompt, ids)
    whole.logprobs!.forEach((value, index) => {
      expect(value).toBeCloseTo(scored[index]!, 4)
    })
  })

  it('is the same to the last bit alone and among others, in any order', async () => {
    const requests = Array.from({ length: 64 }, (_, index) => request(index))
    const alone: GenerateResult[] = []
    for (const one of requests) alone.push(await generator.generate(one))
    const order = createRandom(1).shuffle(requests.map((_, index) => index))
    const together = await Promise.all(order.map((index) => generator.generate(requests[index]!)))
    order.forEach((index, place) => {
      expect(together[place]).toEqual(alone[index])
    })
    expect(new Set(alone.map(({ text }) => text)).size).toBeGreaterThan(50)
  })

  it('is the same to the last bit with few rows, and when requests come while others run', async () => {
    const narrow = await createGenerator(checkpoint, { rows: 3 })
    const requests = Array.from({ length: 20 }, (_, index) => request(index))
    const expected = await Promise.all(requests.map((one) => generator.generate(one)))
    const found = await Promise.all(
      requests.map(async (one, index) => {
        for (let turn = 0; turn < index * 3; turn++) await new Promise(setImmediate)
        return narrow.generate(one)
      }),
    )
    expect(found).toEqual(expected)
    await narrow.close()
  })

  it('spares what a session has read before, with the same result to the last bit', async () => {
    const prompts = [0, 30, 31, 75, 60].map((more) => checkpoint.text.encode(texts[0]!.repeat(2)).slice(0, 20 + more))
    const before = { ...generator.counts }
    const kept = []
    for (const prompt of prompts) kept.push(await generator.generate(request(1, { prompt, session: 'one' })))
    const fed = generator.counts.fed - before.fed
    const spared = generator.counts.spared - before.spared
    expect(spared).toBe(20 + 50 + 51 + 79)
    const fresh = []
    for (const prompt of prompts) fresh.push(await generator.generate(request(1, { prompt })))
    expect(kept).toEqual(fresh)
    expect(generator.counts.fed - before.fed - fed).toBe(fed + spared)
    generator.forget('one')
    await generator.generate(request(1, { prompt: prompts[0]!, session: 'one' }))
    expect(generator.counts.spared - before.spared).toBe(spared)
  })

  it('keeps sessions within the bytes it was given', async () => {
    const perToken = 2 * 2 * 16 * 4
    const small = await createGenerator(checkpoint, { sessionBytes: 3 * 128 * perToken })
    const prompt = checkpoint.text.encode(texts[0]!.repeat(2)).slice(0, 60)
    for (const session of ['a', 'b', 'c', 'd']) await small.generate(request(1, { prompt, session }))
    expect(small.counts.spared).toBe(0)
    await small.generate(request(1, { prompt, session: 'd' }))
    expect(small.counts.spared).toBe(59)
    await small.generate(request(1, { prompt, session: 'a' }))
    expect(small.counts.spared).toBe(59)
    await small.close()
  })

  it('stops before a stop string, at the end token and at the limit', async () => {
    const full = await generator.generate(request(5, { maxTokens: 12 }))
    expect(full).toMatchObject({ finishReason: 'length', tokens: { completion: 12 } })
    const stop = full.text.slice(4, 6)
    const cut = await generator.generate(request(5, { maxTokens: 12, stop: ['never there', stop] }))
    expect(cut.finishReason).toBe('stop')
    expect(cut.text).toBe(full.text.slice(0, full.text.indexOf(stop)))
    const short = await createGenerator({ ...checkpoint, endTokens: candidates })
    expect(await short.generate(request(5, { maxTokens: 12 }))).toMatchObject({
      finishReason: 'stop',
      tokens: { completion: 1 },
    })
    await short.close()
  })

  it('ends a request whose signal is aborted and leaves the others alone', async () => {
    const controller = new AbortController()
    const expected = await generator.generate(request(2))
    const doomed = generator.generate(request(1, { maxTokens: 200, signal: controller.signal }))
    const other = generator.generate(request(2))
    setTimeout(() => controller.abort(new Error('enough')), 5)
    await expect(doomed).rejects.toThrow('enough')
    expect(await other).toEqual(expected)
  })

  it('refuses a prompt that the model cannot read', async () => {
    const prompt = Array<number>(checkpoint.config.max_position_embeddings + 1).fill(1)
    await expect(generator.generate(request(0, { prompt }))).rejects.toMatchObject({ code: 'PROMPT_TOO_LONG' })
    await expect(generator.generate(request(0, { prompt: [] }))).rejects.toMatchObject({ code: 'PROMPT_EMPTY' })
  })
})

const candidates = Array.from({ length: checkpoint.text.size }, (_, id) => id)

function bestToken(scores: readonly number[][]): number {
  return scores.reduce((best, [score], id) => (score! > scores[best]![0]! ? id : best), 0)
}
