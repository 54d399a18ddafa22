import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createGenerator, type Generator } from './generate.ts'
import { type ChoiceGuide, createChoiceGuide } from './generate-choice.ts'
import { logProbability } from './generate-sample.ts'
import { tinyCheckpoint } from './testing.ts'
import type { Tokenizer } from './tokenizer.ts'

const checkpoint = tinyCheckpoint()
const tokenizer = checkpoint.text
const options = [
  'go to cabinet 1',
  'go to cabinet 12',
  'go to drawer 2',
  'take mug 1',
  'take mug 1 from desk 2',
  'look',
]
const settings = { after: ' ACTION: ', options, stop: ['\n'], endTokens: [0] }
const prompt = tokenizer.encode('[put a mug in drawer.]\nREASON:')

let generator: Generator
beforeAll(async () => {
  generator = await createGenerator(checkpoint)
})
afterAll(() => generator.close())

/** Feeds a guide tokens, checking that each is allowed. */
function follow(guide: ChoiceGuide, ids: readonly number[], using: Tokenizer = tokenizer): void {
  ids.forEach((id, index) => {
    const text = using.decode(ids.slice(0, index + 1))
    expect(guide.allowed() ?? [id]).toContain(id)
    expect(guide.accepts(text)).toBe(true)
    guide.take(id, text)
  })
}

describe('the choice guide', () => {
  it('restricts nothing until the mark, and afterwards everything', () => {
    const guide = createChoiceGuide(tokenizer, settings)
    follow(guide, tokenizer.encode(' I need a mug.'))
    expect(guide.allowed()).toBeUndefined()
    const marked = createChoiceGuide(tokenizer, settings)
    const mark = tokenizer.encode(' ACTION:')
    follow(marked, [...tokenizer.encode(' I need a mug.'), ...mark])
    const firsts = new Set(options.map((option) => tokenizer.encode(` ACTION: ${option}`)[mark.length]))
    expect(new Set(marked.allowed())).toEqual(firsts)
  })

  it('goes on where the model has cut the text in another way', () => {
    const guide = createChoiceGuide(tokenizer, settings)
    // As if one token held the mark and the space behind it.
    guide.take(5, ' ACTION: ')
    const firsts = new Set(options.map((option) => tokenizer.encode(option)[0]))
    expect(new Set(guide.allowed())).toEqual(firsts)
  })

  it('settles as soon as one option is left, with the tokens that are still to come', () => {
    const guide = createChoiceGuide(tokenizer, settings)
    const ids = tokenizer.encode(' x ACTION: go to drawer 2')
    const split = ids.findIndex((_, index) => tokenizer.decode(ids.slice(0, index)).endsWith('drawer 2'))
    follow(guide, ids.slice(0, split < 0 ? ids.length : split))
    const { text, rest } = guide.settled()!
    expect(text).toBe(' x ACTION: go to drawer 2')
    expect(tokenizer.decode(rest)).toBe(split < 0 ? '' : tokenizer.decode(ids.slice(split)))
  })

  it('lets an option end where it is the beginning of another, and only by an ending', () => {
    const guide = createChoiceGuide(tokenizer, settings)
    follow(guide, tokenizer.encode(' ACTION: take mug 1'))
    expect(guide.settled()).toBeUndefined()
    const allowed = guide.allowed()!
    const exit = tokenizer.encode('\n')[0]!
    expect(allowed).toContain(exit)
    expect(allowed).toContain(0)
    guide.take(exit, ' ACTION: take mug 1\n')
    expect(guide.settled()).toEqual({ text: ' ACTION: take mug 1', rest: [] })
  })

  it('refuses a token that carries the text past the mark into no option', () => {
    const guide = createChoiceGuide(tokenizer, settings)
    expect(guide.accepts(' ACTION: go')).toBe(true)
    expect(guide.accepts(' ACTION: fly')).toBe(false)
  })

  it('begins earlier where the tokenizer draws mark and option together', () => {
    // Spells text by words, each with the space before it.
    const words = ['', ' ACTION:', ' go', ' look', ' ', 'x']
    const merging: Tokenizer = {
      size: words.length,
      endToken: undefined,
      encode: (text) => [...text.matchAll(/ ACTION:| go| look| |x/g)].map(([word]) => words.indexOf(word)),
      decode: (ids) => ids.map((id) => words[id]).join(''),
      isSpecial: () => false,
      idOf: () => undefined,
    }
    const guide = createChoiceGuide(merging, { ...settings, options: ['go', 'look'] })
    follow(guide, [5, 1], merging)
    expect(guide.allowed()).toEqual([2, 3])
    follow(guide, [], merging)
    guide.take(3, 'x ACTION: look')
    expect(guide.settled()).toEqual({ text: 'x ACTION: look', rest: [] })
  })

  it('refuses to choose among nothing', () => {
    expect(() => createChoiceGuide(tokenizer, { ...settings, options: [] })).toThrow(/no options/)
  })
})

describe('an opening among the options', () => {
  const withOpening = { ...settings, options: ['look'], open: ['take mug 1'] }

  it('is never settled by itself, and behind it anything may come', () => {
    const ids = tokenizer.encode(' ACTION: take mug 1')
    const before = createChoiceGuide(tokenizer, withOpening)
    follow(before, ids.slice(0, -1))
    expect(before.settled()).toBeUndefined()
    const guide = createChoiceGuide(tokenizer, withOpening)
    follow(guide, ids)
    expect(guide.settled()).toBeUndefined()
    expect(guide.allowed()).toBeUndefined()
    expect(guide.accepts(' ACTION: take mug 1 and whatever else')).toBe(true)
  })

  it('leaves the other options closed', () => {
    const guide = createChoiceGuide(tokenizer, withOpening)
    follow(guide, tokenizer.encode(' ACTION: look').slice(0, -1))
    expect(guide.settled()?.text).toBe(' ACTION: look')
  })

  it('lets a model write its own words until it stops', async () => {
    const results = await Promise.all(
      Array.from({ length: 20 }, (_, seed) =>
        generator.generate({
          ...{ prompt, temperature: 1.2, maxTokens: 24, stop: ['\n'], seed },
          choice: { after: '', options: [], open: ['go to '] },
        }),
      ),
    )
    expect(new Set(results.map(({ text }) => text)).size).toBeGreaterThan(10)
    for (const { text } of results) expect(text.startsWith('go to ')).toBe(true)
  })
})

describe('constrained generation', () => {
  const request = (seed: number, temperature: number) => ({
    prompt,
    temperature,
    maxTokens: 60,
    stop: ['\n'],
    seed,
    choice: { after: '', options },
  })

  it('writes exactly one of the options, however the model is inclined', async () => {
    const results = await Promise.all(Array.from({ length: 60 }, (_, seed) => generator.generate(request(seed, 1.5))))
    for (const { text, finishReason } of results) {
      expect(options).toContain(text)
      expect(finishReason).toBe('stop')
    }
    expect(new Set(results.map(({ text }) => text)).size).toBeGreaterThan(3)
  })

  it('draws the next token by its renormalised probability', async () => {
    const pair = ['go to cabinet 1', 'look']
    const firsts = pair.map((option) => tokenizer.encode(option)[0]!)
    const scores = await Promise.all(firsts.map((id) => generator.score(prompt, [id])))
    const [a, b] = scores.map(([value]) => Math.exp(value!)) as [number, number]
    const draws = await Promise.all(
      Array.from({ length: 400 }, (_, seed) =>
        generator.generate({ ...request(seed, 1), choice: { after: '', options: pair } }),
      ),
    )
    const share = draws.filter(({ text }) => text === pair[0]).length / draws.length
    // Four standard errors; the seeds are fixed, so this cannot fail by chance.
    expect(Math.abs(share - a / (a + b))).toBeLessThan(0.1)
  })

  it('keeps any text before the mark free and what follows within the options', async () => {
    const results = await Promise.all(
      Array.from({ length: 40 }, (_, seed) =>
        generator.generate({
          ...request(seed, 1.2),
          choice: { after: 'a', options: ['bc', 'b', 'xyz'] },
          maxTokens: 80,
        }),
      ),
    )
    const marked = results.filter(({ text }) => text.includes('a'))
    expect(marked.length).toBeGreaterThan(3)
    for (const { text, finishReason } of marked)
      if (finishReason === 'stop') expect(['bc', 'b', 'xyz']).toContain(text.slice(text.indexOf('a') + 1))
  })
})

it('log-probabilities of all tokens add up to one', () => {
  fc.assert(
    fc.property(fc.array(fc.float({ min: -50, max: 50, noNaN: true }), { minLength: 1, maxLength: 40 }), (values) => {
      const logits = Float32Array.from(values)
      const sum = values.reduce((total, _, id) => total + Math.exp(logProbability(logits, id)), 0)
      expect(sum).toBeCloseTo(1, 6)
    }),
  )
})
