import { describe, expect, it } from 'vitest'
import { smallShop } from '../testing/small-shop.ts'
import { readPage } from './read-page.ts'

const visit = (...actions: string[]) => {
  const session = smallShop().start(3)
  for (const action of actions) session.step(action)
  return session
}

describe('readPage', () => {
  it('reads every page of a trip from what is printed', () => {
    const session = smallShop().start(3)
    const see = () => readPage(session.observe('text_rich'))
    expect(see()).toEqual({ kind: 'index' })

    session.step(`search[${session.goal.query}]`)
    const listed = session.listed
    const results = see()
    expect(results).toMatchObject({ kind: 'results', number: 1 })
    if (results.kind !== 'results') return
    expect(results.items.map(({ asin, title }) => [asin, title])).toEqual(
      listed.map(({ asin, title }) => [asin, title]),
    )
    expect(results.items[0]!.price[0]).toBe(listed[0]!.pricing[0])
    expect(results.items.some(({ isVisited }) => isVisited)).toBe(false)

    const product = listed[1]!
    session.step(`click[${product.asin.toLowerCase()}]`)
    const [option] = product.options
    session.step(`click[${option!.values[1]}]`)
    expect(see()).toEqual({
      kind: 'item',
      title: product.title,
      price: [product.pricing[0], product.pricing.at(-1)],
      options: product.options.map(({ name, values }) => ({
        name,
        values,
        chosen: name === option!.name ? option!.values[1] : undefined,
      })),
    })

    session.step('click[features]')
    expect(see()).toEqual({ kind: 'sub', lines: product.bulletPoints.map((line) => ` ${line}`) })
    session.step('click[< prev]')
    session.step('click[< prev]')
    const again = see()
    expect(again.kind === 'results' && again.items.map(({ isVisited }) => isVisited)).toEqual(
      listed.map((other) => other === product),
    )
    session.step(`click[${product.asin.toLowerCase()}]`)
    session.step('click[buy now]')
    expect(see()).toEqual({ kind: 'done' })
  })

  it('is not led astray by an instruction that looks like a page', () => {
    const page = readPage(
      visit(`search[${smallShop().goals[3]!.query}]`)
        .observe('text_rich')
        .replace(smallShop().goals[3]!.instruction, '[button] Buy Now [button_]'),
    )
    expect(page.kind).toBe('results')
    expect(page.kind === 'results' && page.items.length).toBe(
      Math.min(10, visit(`search[${smallShop().goals[3]!.query}]`).listed.length),
    )
  })

  it('says of anything else that it is no page', () => {
    expect(readPage('You are in a room.')).toEqual({ kind: 'unknown', text: 'You are in a room.' })
    expect(readPage('')).toEqual({ kind: 'unknown', text: '' })
  })
})
