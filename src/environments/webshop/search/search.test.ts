import { describe, expect, it } from 'vitest'
import { createRandom } from '../../../support/random.ts'
import { analyze, analyzeWithPositions } from './analyze.ts'
import { decodeLength, encodeLength } from './length-norm.ts'
import { MemoryIndex } from './memory-index.ts'
import { stem } from './porter.ts'
import { Ranking } from './rank.ts'
import { tokenize } from './tokenize.ts'

describe('tokenize', () => {
  it('cuts ASCII by the rules of UAX #29', () => {
    const cases: [string, string[]][] = [
      ["can't stop, won't", ["can't", 'stop', "won't"]],
      ['size: 3.5,7 in.', ['size', '3.5,7', 'in']],
      ['a.b description:solid x_y1_', ['a.b', 'description:solid', 'x_y1_']],
      ['1:2 a,b a;b 1;2 1.a', ['1', '2', 'a', 'b', 'a', 'b', '1;2', '1', 'a']],
      ["__ _ - 'quoted' usb-c", ['quoted', 'usb', 'c']],
    ]
    for (const [text, tokens] of cases) expect(tokenize(text), text).toEqual(tokens)
  })

  it('cuts ASCII as the platform does, except that underscores alone are no word', () => {
    const segmenter = new Intl.Segmenter('en', { granularity: 'word' })
    const random = createRandom('tokenize')
    const alphabet = [..."aB19_:.,;'-! "]
    for (let i = 0; i < 3000; i++) {
      const text = Array.from({ length: 1 + random.integer(12) }, () => random.choice(alphabet)).join('')
      const expected = [...segmenter.segment(text)]
        .filter(({ isWordLike, segment }) => isWordLike && !/^_+$/.test(segment))
        .map(({ segment }) => segment)
      expect(tokenize(text), JSON.stringify(text)).toEqual(expected)
    }
  })

  it('keeps pictographs, and makes a token of each ideograph', () => {
    expect(tokenize('great★ ☞ look‿‿ ❤ ‿‿ 日本語abc ひら')).toEqual([
      'great',
      '★',
      '☞',
      'look‿‿',
      '❤',
      '日',
      '本',
      '語',
      'abc',
      'ひ',
      'ら',
    ])
    expect(tokenize('men’s café')).toEqual(['men’s', 'café'])
  })

  it('cuts tokens of over 255 characters', () => {
    expect(tokenize('a'.repeat(300)).map(({ length }) => length)).toEqual([255, 45])
  })
})

describe('analyze', () => {
  it('drops possessives and stop words, and counts their places', () => {
    expect(analyzeWithPositions("The Women's shoes of men’s")).toEqual([
      { text: 'women', position: 1 },
      { text: 'shoe', position: 2 },
      { text: 'men', position: 4 },
    ])
    expect(analyze('the and of')).toEqual([])
  })

  it('stems as Porter with the two later rules of the author', () => {
    const pairs =
      'caresses caress, ponies poni, ties ti, cats cat, feed feed, agreed agre, plastered plaster, motoring motor, sing sing, hopping hop, hissing hiss, filing file, happy happi, sky sky, relational relat, conditional condit, rational ration, digitizer digit, possibly possibl, analogi analog, triplicate triplic, formative form, electrical electr, goodness good, revival reviv, allowance allow, adoption adopt, adjustable adjust, replacement replac, probate probat, rate rate, cease ceas, controll control, roll roll, is is, y y, syzygy syzygi'
    for (const pair of pairs.split(', ')) {
      const [word, stemmed] = pair.split(' ')
      expect(stem(word!), word).toBe(stemmed)
    }
  })
})

describe('document lengths', () => {
  it('are exact to 40 and lose low bits above', () => {
    for (let length = 0; length <= 40; length++) expect(decodeLength(encodeLength(length))).toBe(length)
    expect([41, 42, 43, 56, 57, 60, 100, 1000].map((length) => decodeLength(encodeLength(length)))).toEqual([
      40, 42, 42, 56, 56, 60, 96, 984,
    ])
    expect(encodeLength(2 ** 31 - 1)).toBe(255)
  })
})

describe('MemoryIndex', () => {
  const order = (length: number) => Uint32Array.from({ length }, (_, i) => length - i)

  it('puts rare words first, repeats of a query word count, ties go by the given order', () => {
    const index = new MemoryIndex(['red cup', 'red lamp', 'red cup', 'blue cup'], order(4))
    expect(index.search('lamp', 10)).toEqual([1])
    expect(index.search('red cup', 2)).toEqual([2, 0])
    expect(index.search('blue lamp lamp', 10)[0]).toBe(1)
    expect(index.search('zzz', 10)).toEqual([])
    expect(index.search('the', 10)).toEqual([])
  })

  it('prefers shorter texts only as far as their rounded lengths differ', () => {
    const words = (count: number) => Array.from({ length: count }, (_, i) => `w${i}`).join(' ')
    const index = new MemoryIndex([`cup ${words(56)}`, `cup ${words(57)}`, `cup ${words(20)}`], order(3))
    // 57 and 58 words are one length: the tie goes by order.
    expect(index.search('cup', 3)).toEqual([2, 1, 0])
  })
})

describe('Ranking', () => {
  it('keeps what a full sort would', () => {
    const random = createRandom('ranking')
    for (let round = 0; round < 50; round++) {
      const scores = Array.from({ length: 200 }, () => random.integer(20))
      const ranking = new Ranking(30, (document) => 199 - document)
      scores.forEach((score, document) => {
        ranking.offer(document, score)
      })
      const expected = scores
        .map((score, document) => ({ score, document }))
        .sort((a, b) => b.score - a.score || b.document - a.document)
        .slice(0, 30)
      expect(ranking.documents()).toEqual(expected.map(({ document }) => document))
      expect(ranking.threshold).toBe(expected.at(-1)!.score)
    }
  })
})
