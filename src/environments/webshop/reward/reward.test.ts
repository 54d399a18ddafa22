import { describe, expect, it } from 'vitest'
import { goal, product } from '../testing/hand-made-shop.ts'
import { normalizeColor } from './normalize-color.ts'
import { tableNouns, wordNouns } from './nouns.ts'
import { rewardOf } from './reward.ts'
import { sequenceRatio } from './sequence-ratio.ts'
import { tokenSetRatio } from './token-set-ratio.ts'

const buy = (given: Parameters<typeof product>[1], options: string[] = [], price = 10) => ({
  product: product('B000000001', given),
  price,
  options,
})

describe('rewardOf', () => {
  it('multiplies the share of what fits by the type', () => {
    const wanted = goal({
      name: 'Brass Lamp',
      attributes: ['round', 'easy clean'],
      options: [{ value: 'dark blue' }],
      priceUpper: 20,
    })
    const full = rewardOf(
      buy({ title: 'Lamp of Brass', attributes: ['round shape', 'clean easy'] }, ['navy', 'blue']),
      wanted,
      wordNouns,
    )
    expect(full).toMatchObject({ total: 1, type: 1, attributes: 1, options: 1, price: true })
    const dear = rewardOf(buy({ title: 'Lamp of Brass', bulletPoints: ['very Round'] }, [], 21), wanted, wordNouns)
    expect(dear).toMatchObject({ total: 1 / 4, attributes: 0.5, options: 0, price: false, attributeMatches: 1 })
    expect(dear.weights).toEqual({ attributes: 0.5, options: 0.25, price: 0.25 })
  })

  it('judges the type by query, two parts of the category, and nouns of the title, which outweigh them', () => {
    const wanted = goal({
      name: 'brass table lamp shade cover bulb cord plug base stand switch',
      query: 'lamps',
      productCategory: 'A › B › C',
    })
    const type = (given: Parameters<typeof product>[1]) => rewardOf(buy(given), wanted, wordNouns).type
    expect(type({ title: 'table lamp', query: 'x', productCategory: 'A › D' })).toBe(0.5)
    expect(type({ title: 'table lamp', query: 'lamps', productCategory: 'X' })).toBe(1)
    expect(type({ title: 'table lamp', query: 'x', productCategory: 'C › B' })).toBe(1)
    expect(type({ title: 'table lamp shade', query: 'x', productCategory: 'X' })).toBe(1)
    expect(type({ title: 'lamp', query: 'lamps' })).toBe(0.1)
    expect(type({ title: 'cup', query: 'lamps' })).toBe(0)
    expect(
      rewardOf(buy({ title: 'cup', query: 'x', productCategory: 'X' }), goal({ name: 'of 12' }), wordNouns),
    ).toMatchObject({ titleScore: 0.2, type: 0.5 })
  })

  it('compares an option that has a name as Python prints the pair', () => {
    const named = goal({ options: [{ name: 'fit type', value: 'oak\u00a0wood' }] })
    const matches = (value: string) => rewardOf(buy({}, [value]), named, wordNouns).optionMatches
    // Not `oak wood`: the pair is printed with the space as \xa0, whose backslash is dropped.
    expect(matches('fit type')).toBe(1)
    expect(matches('oak xa0wood')).toBe(1)
    expect(matches('oak wood')).toBe(0)
    expect(
      rewardOf(buy({}, ['wine red']), goal({ options: [{ name: 'color', value: 'red' }] }), wordNouns).optionMatches,
    ).toBe(1)
    // A colour inside a value counts for values without a name only.
    expect(
      rewardOf(buy({}, ['blue']), goal({ options: [{ name: 'color', value: 'sky blueish' }] }), wordNouns)
        .optionMatches,
    ).toBe(0)
    expect(rewardOf(buy({}, ['blue']), goal({ options: [{ value: 'sky blueish' }] }), wordNouns).optionMatches).toBe(1)
  })

  it('has no share of options where none is asked for', () => {
    expect(rewardOf(buy({}), goal(), wordNouns)).toMatchObject({ options: undefined, optionMatches: 0 })
  })
})

describe('the comparison of texts', () => {
  it('takes the first colour word inside a text', () => {
    expect(['standard', 'dark blue', 'b17-wine red', 'oak'].map(normalizeColor)).toEqual(['tan', 'blue', 'red', 'oak'])
  })

  it('scores sets of words', () => {
    expect(tokenSetRatio('easy clean', 'clean, EASY to use')).toBe(100)
    expect(tokenSetRatio('memory card', 'memory foam')).toBe(73)
    expect(tokenSetRatio('café crème', 'cafe creme')).toBe(89)
    expect(tokenSetRatio('é', 'a')).toBe(0)
    expect(tokenSetRatio('!!', 'a')).toBe(0)
  })

  it('matches blocks as difflib, which ignores frequent characters of long texts', () => {
    // difflib.SequenceMatcher(None, a, b).ratio()
    expect(sequenceRatio('abcd', 'bcde')).toBe(0.75)
    expect(sequenceRatio('qabxcd', 'abycdf')).toBe(2 / 3)
    const long = 'ab'.repeat(100)
    expect(sequenceRatio('ab', long)).toBe(4 / 202)
    expect(sequenceRatio('cab', `x${long}`)).toBe(0)
    expect(sequenceRatio(`${long}c`, `${long}c`)).toBe(1)
    expect(sequenceRatio('', '')).toBe(1)
  })

  it('takes nouns from a table where it has the title', () => {
    const nouns = tableNouns(new Map([['Blue Lamp', ['lamp']]]))
    expect(nouns('Blue Lamp')).toEqual(['lamp'])
    expect(nouns('Soft Cup for 2')).toEqual(['cup'])
  })
})
