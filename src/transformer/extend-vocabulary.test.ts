import { describe, expect, it } from 'vitest'
import { openCheckpoint } from './checkpoint.ts'
import { extendVocabulary } from './extend-vocabulary.ts'
import { tinyCheckpoint } from './testing.ts'

const tiny = tinyCheckpoint()
const line = 'Quietly one reaches cabinet 1, and lo: a zebra.'
const texts = Array.from({ length: 30 }, () => `${line}\ngo to cabinet 1\n`)
const extended = openCheckpoint('extended', extendVocabulary(tiny, texts, { size: 50 }))

describe('extendVocabulary', () => {
  it('makes tokens of phrases that had to be spelled, and reads everything else as before', () => {
    expect(tiny.text.encode(line).length).toBeGreaterThan(10)
    expect(extended.text.encode(line).length).toBeLessThanOrEqual(4)
    expect(extended.text.decode(extended.text.encode(line))).toBe(line)
    expect(extended.text.encode('look at cabinet 1\n')).toEqual(tiny.text.encode('look at cabinet 1\n'))
  })

  it('starts a new token as the mean of what it was spelled with, and leaves all other weights', () => {
    const name = 'model.embed_tokens.weight'
    const width = tiny.config.hidden_size
    const [before, after] = [tiny.weights.get(name)!.data, extended.weights.get(name)!.data]
    expect(after.subarray(0, tiny.text.size * width)).toEqual(before.subarray(0, tiny.text.size * width))
    const [id] = extended.text.encode('Quietly one reaches ')
    expect(id).toBeGreaterThanOrEqual(tiny.text.size)
    const pieces = tiny.text.encode('Quietly one reaches ')
    for (const column of [0, 1, width - 1]) {
      const mean = pieces.reduce((sum, piece) => sum + before[piece * width + column]!, 0) / pieces.length
      expect(after[id! * width + column]).toBeCloseTo(mean, 6)
    }
    for (const [other, weight] of tiny.weights)
      if (!/embed_tokens|lm_head/.test(other)) expect(extended.weights.get(other)).toEqual(weight)
  })

  it('takes no more than it may, the most useful first, and nothing that is rare', () => {
    const one = openCheckpoint('one', extendVocabulary(tiny, texts, { size: 1 }))
    expect(one.text.size).toBe(tiny.text.size + 1)
    expect(extendVocabulary(tiny, texts.slice(0, 5), { size: 50 }).tokenizer).toEqual(tiny.tokenizer)
  })

  it('gives the same for the same texts in another order', () => {
    expect(extendVocabulary(tiny, [...texts].reverse(), { size: 50 }).tokenizer).toEqual(extended.tokenizer)
  })

  it('refuses a tokenizer of another kind', () => {
    const other = { ...tiny, tokenizer: { ...tiny.tokenizer, pre_tokenizer: null } }
    expect(() => extendVocabulary(other, texts, { size: 5 })).toThrow(/a student of Leap’s own/)
  })
})
