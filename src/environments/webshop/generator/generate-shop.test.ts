import { describe, expect, it } from 'vitest'
import { holdsPhrase } from '../agent/read-request.ts'
import { meetsOption } from '../reward/reward.ts'
import { smallShop } from '../testing/small-shop.ts'
import { attributes } from './attributes.ts'
import { generateShop } from './generate-shop.ts'
import { kinds } from './kinds/kinds.ts'
import { optionFamilies } from './options.ts'

const files = generateShop({ seed: 3, products: 300 })

const pairsOf = <T>(values: readonly T[]): [T, T][] =>
  values.flatMap((a) => values.flatMap((b): [T, T][] => (a === b ? [] : [[a, b]])))

describe('a generated shop', () => {
  it('is the same for the same seed, and the beginning of a larger one', () => {
    expect(generateShop({ seed: 3, products: 300 })).toEqual(files)
    expect(generateShop({ seed: 3, products: 320 }).products.slice(0, 300)).toEqual(files.products)
    expect(generateShop({ seed: 4, products: 20 }).products).not.toEqual(files.products.slice(0, 20))
  })

  it('has goods of every department with attributes, options and prices in their kind’s range', () => {
    expect(new Set(files.products.map(({ category }) => category)).size).toBe(5)
    expect(new Set(files.products.map(({ asin }) => asin)).size).toBe(300)
    for (const product of files.products) {
      const kind = kinds.find(({ noun }) => noun === product.query)!
      const own = files.attributes[product.asin]!.attributes
      expect(own.length).toBeGreaterThanOrEqual(3)
      expect(new Set(own).size).toBe(own.length)
      for (const name of own) expect(kind.attributes).toContain(name)
      expect(own.some((name) => product.name.toLowerCase().includes(name))).toBe(true)
      const prices = product.pricing.split('$').slice(1).map(Number)
      expect(prices[0]).toBeGreaterThanOrEqual(kind.prices[0])
      expect(prices[0]).toBeLessThanOrEqual(kind.prices[1] + 1)
      for (const values of Object.values(product.customization_options || {}))
        expect(values.length).toBeGreaterThanOrEqual(2)
    }
  })

  it('tells in descriptions what is made, of which a part is in stock', () => {
    let soldOut = 0
    for (const { customization_options: offered, full_description: text } of files.products)
      for (const [name, values] of Object.entries(offered || {})) {
        const made = new RegExp(`Made in ${name} ([^.]*)\\.`).exec(text)![1]!.split(', ')
        for (const { value } of values) expect(made).toContain(value)
        soldOut += made.length - values.length
      }
    expect(soldOut).toBeGreaterThan(500)
  })

  it('has no two values of which one counts as the other', () => {
    for (const { values } of Object.values(optionFamilies))
      for (const [first, second] of pairsOf<string>(values)) expect(meetsOption(first, { value: second })).toBe(false)
  })

  it('asks for what its products have, by name or in other words', () => {
    let described = 0
    for (const product of files.products) {
      const offered = Object.values(product.customization_options || {}).flatMap((values) =>
        values.map(({ value }) => value),
      )
      for (const asked of files.instructions[product.asin]!) {
        expect(asked.instruction).toContain(product.query)
        expect(asked.instruction_attributes.length).toBeGreaterThan(0)
        for (const value of asked.instruction_options) {
          expect(offered).toContain(value)
          expect(holdsPhrase(asked.instruction, value)).toBe(true)
        }
        for (const name of asked.instruction_attributes) {
          expect(files.attributes[product.asin]!.attributes).toContain(name)
          const { ways } = attributes[name as keyof typeof attributes]
          const isNamed = holdsPhrase(asked.instruction, name)
          expect(isNamed || ways.some((way) => asked.instruction.includes(way))).toBe(true)
          if (!isNamed) described++
        }
      }
    }
    expect(described).toBeGreaterThan(100)
  })
})

it('is read like official files: every goal can be met in full by the product it was written for', () => {
  const { goals, catalogue, judge } = smallShop()
  expect(catalogue.size).toBe(400)
  expect(goals).toHaveLength(800)
  for (const goal of goals.slice(0, 200)) {
    const product = catalogue.product(catalogue.indexOf(goal.asin)!)
    const options = new Map(
      goal.options.map(({ value }) => [product.options.find(({ values }) => values.includes(value))!.name, value]),
    )
    expect(judge(goal, product, options).total).toBe(1)
  }
})
