import { describe, expect, it } from 'vitest'
import { LeapSession } from '../leap-session.ts'
import { smallShop } from '../testing/small-shop.ts'
import { decideShopping, firstItem, fittingItem, nextOption } from './decide.ts'
import { explainShopping } from './explain.ts'
import { shopKindOf } from './kinds.ts'
import type { ListedItem } from './read-page.ts'
import { recallShopping, type Shopping } from './shopping.ts'
import { toldOptions } from './wanted.ts'

/** What a shopper knows after these actions. */
function knownAfter(...actions: string[]): Shopping {
  const live = new LeapSession(smallShop().start(3))
  const history: { observation: string; action: string }[] = []
  let { text } = live.reset()
  for (const action of actions) {
    history.push({ observation: text, action })
    text = live.step(action).text
  }
  return recallShopping(live.instruction, history, text)
}

const { query } = smallShop().goals[3]!
const titles = () => {
  const { page } = knownAfter(`search[${query}]`)
  return page.kind === 'results' ? page.items.map(({ title }) => title.toLowerCase()) : []
}

describe('recallShopping', () => {
  it('knows searches, opened products, pages seen and texts of the open product', () => {
    const [first, second] = titles()
    const shopping = knownAfter(
      `search[${query}]`,
      `click[item - ${first}]`,
      'click[< prev]',
      'click[back to search]',
      `search[${query} black]`,
      `click[item - ${second}]`,
      'click[features]',
    )
    expect(shopping.searches).toEqual([query, `${query} black`])
    expect(shopping.opened.slice(0, 1)).toEqual([first])
    expect(shopping.pagesSeen).toBe(1)
    expect(shopping.actions).toBe(7)
    expect(shopping.page.kind).toBe('sub')
    if (shopping.item !== undefined) expect(shopping.itemText).toContain(shopping.item)
    expect(knownAfter(`search[${query}]`, 'click[next >]').pagesSeen).toBeGreaterThanOrEqual(1)
  })
})

const listed = (title: string, price = 10): ListedItem => ({
  asin: title,
  title,
  price: [price, price],
  isVisited: false,
})
const request = { text: 'red wool coat in large', words: ['red', 'wool', 'coat', 'large'], priceUpper: 50 }
const at = (page: Shopping['page'], known: Partial<Shopping> = {}): Shopping => ({
  ...{ request, page, searches: [], opened: [], item: undefined, itemText: '', actions: 1, pagesSeen: 1 },
  ...known,
})

describe('shoppers', () => {
  it('open the first product, or the one whose title shares most with the request and is not too dear', () => {
    const items = [listed('Blue Coat'), listed('Red Wool Coat', 80), listed('Wool Coat'), listed('Coat')]
    const page = at({ kind: 'results', number: 1, total: 4, items })
    expect(decideShopping(page, { choose: firstItem, isCareful: false })).toBe('click[item - blue coat]')
    expect(decideShopping(page, { choose: fittingItem, isCareful: true })).toBe('click[item - wool coat]')
    expect(fittingItem({ ...page, opened: ['wool coat'] }, items)?.title).toBe('Blue Coat')
  })

  it('search again with fewer words, look at a second page, and give up a page where nothing is left', () => {
    expect(decideShopping(at({ kind: 'index' }), { choose: firstItem, isCareful: false })).toBe(
      'search[red wool coat large]',
    )
    expect(decideShopping(at({ kind: 'index' }, { searches: ['x'] }), { choose: firstItem, isCareful: false })).toBe(
      'search[red wool coat]',
    )
    const dear = [listed('Red Coat', 90)]
    const rules = { choose: fittingItem, isCareful: true }
    expect(decideShopping(at({ kind: 'results', number: 1, total: 30, items: dear }), rules)).toBe('click[next >]')
    expect(decideShopping(at({ kind: 'results', number: 2, total: 30, items: dear }), rules)).toBe(
      'click[back to search]',
    )
  })

  it('choose the longest value that the request names, leave what is too dear, then buy', () => {
    const options = [
      { name: 'color', values: ['red', 'blue'], chosen: undefined },
      { name: 'size', values: ['large', 'x-large'], chosen: 'x-large' },
    ]
    const item = (price: number, shown = options) =>
      at({ kind: 'item', title: 'Coat', price: [price, price], options: shown })
    expect(nextOption(item(10))).toBe('click[red]')
    const chosen = options.map((option) => ({ ...option, chosen: option.values[0] }))
    expect(nextOption(item(10, chosen))).toBeUndefined()
    expect(decideShopping(item(10, chosen), { choose: fittingItem, isCareful: true })).toBe('click[buy now]')
    expect(decideShopping(item(60), { choose: fittingItem, isCareful: true })).toBe('click[< prev]')
    expect(decideShopping(item(60), { choose: firstItem, isCareful: false })).toBe('click[red]')
  })
})

describe('explainShopping', () => {
  it('names what was seen, and nothing else', () => {
    const item = at(
      {
        kind: 'item',
        title: 'Wool Coat',
        price: [10, 10],
        options: [{ name: 'color', values: ['red', 'blue'], chosen: undefined }],
      },
      { item: 'wool coat', itemText: 'wool coat red blue' },
    )
    expect(explainShopping(at({ kind: 'index' }), 'search[x]')).toBe('I search for what is asked.')
    const results = { kind: 'results', number: 1, total: 2, items: [listed('Blue Coat'), listed('Wool Coat')] } as const
    expect(explainShopping(at(results), 'click[item - wool coat]')).toBe('I have not seen 2.')
    expect(explainShopping(at(results, { opened: ['wool coat'] }), 'click[item - wool coat]')).toBe(
      'I look at 2 again.',
    )
    expect(explainShopping(at(results), 'click[item - red coat]')).toBe('I look at this one.')
    expect(explainShopping(item, 'click[red]')).toBe('They want red. It is 1.')
    expect(explainShopping(item, 'click[blue]')).toBe('I choose the color closest to the request.')
    expect(explainShopping(item, 'click[< prev]')).toBe('It does not say large.')
    expect(
      explainShopping({ ...item, page: { ...item.page, price: [90, 90] } as Shopping['page'] }, 'click[< prev]'),
    ).toBe('It costs too much.')
    expect(explainShopping(item, 'click[buy now]')).toMatch(/buy/)
    const chosen = {
      ...item.page,
      options: [{ name: 'color', values: ['blue', 'red'], chosen: 'red' }],
    } as Shopping['page']
    expect(explainShopping({ ...item, page: chosen }, 'click[buy now]')).toBe('I have what they want. I buy it.')
  })

  it('says what is missing to who is told what is wanted, in the order of the request, and hurries only when it is late', () => {
    const options = [{ name: 'color', values: ['blue', 'red'], chosen: undefined }]
    const item = at({ kind: 'item', title: 'Coat', price: [10, 10], options }, { itemText: 'coat' })
    const wanted = toldOptions(item, ['large', 'red', 'secret'], {})
    expect(wanted).toEqual([
      { text: 'red', offered: 'red', isChosen: false },
      { text: 'large', offered: undefined, isChosen: false },
    ])
    expect(explainShopping(item, 'click[< prev]', wanted)).toBe('They want large. It is missing.')
    expect(explainShopping(item, 'click[red]', wanted)).toBe('They want red. It is 2.')
    expect(explainShopping({ ...item, actions: 10 }, 'click[red]', wanted)).toBe('It is late. They want red. It is 2.')
    // What the reward takes for the same counts as offered.
    const alike = at({
      kind: 'item',
      title: 'Coat',
      price: [10, 10],
      options: [{ name: 'size', values: ['large men'], chosen: undefined }],
    })
    expect(toldOptions(alike, ['large'], { size: 'large men' })).toEqual([
      { text: 'large', offered: 'large men', isChosen: false },
    ])
    expect(toldOptions(alike, ['red'], { size: 'large men' })[0]!.offered).toBeUndefined()
  })
})

it('tells decisions apart by the action', () => {
  const kinds = [
    'search[a]',
    'click[item - a]',
    'click[red]',
    'click[buy now]',
    'click[< prev]',
    'click[next >]',
    'click[features]',
    'finish',
  ]
  expect(kinds.map(shopKindOf)).toEqual(['search', 'open', 'option', 'buy', 'back', 'next', 'look', 'other'])
})
