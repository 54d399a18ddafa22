import { describe, expect, it } from 'vitest'
import { goal, handMadeShop, product } from '../testing/hand-made-shop.ts'
import { observationModes } from './observe.ts'

const lamp = product('B0LAMP0001', {
  title: 'Brass Lamp',
  description: 'A lamp.',
  bulletPoints: ['bright', ''],
  options: [
    { name: 'color', values: ['red', 'blé', 'size', 'large'] },
    { name: 'size', values: ['small', 'large'] },
  ],
})
const many = Array.from({ length: 55 }, (_, i) => product(`B0CUP${String(i).padStart(5, '0')}`, { title: `Cup ${i}` }))
const start = (products = [lamp, ...many]) => handMadeShop(products).start(0)

describe('Session', () => {
  it('walks from search to purchase, and says what each step earned', () => {
    const session = start()
    expect(session.step('search[brass lamp]')).toEqual({ reward: 0, done: false, isPerformed: true })
    expect(session.page).toMatchObject({ kind: 'results', number: 1, total: 1 })
    session.step('click[b0lamp0001]')
    session.step('click[red]')
    session.step('click[description]')
    expect(session.page).toMatchObject({ kind: 'sub', name: 'Description' })
    session.step('click[< prev]')
    expect([...session.options]).toEqual([['color', 'red']])
    const bought = session.step('click[Buy Now]')
    expect(bought).toMatchObject({ done: true, isPerformed: true })
    expect(session.reward!.total).toBe(bought.reward)
    expect(session.isOver).toBe(true)
    expect(session.clickables.size).toBe(0)
    // Nothing can be clicked any more, but a search leads back into the shop.
    expect(session.step('click[buy now]')).toEqual({ reward: 0, done: false, isPerformed: false })
    session.step('search[cup]')
    expect(session.page.kind).toBe('results')
    expect(session.isOver).toBe(true)
  })

  it('does nothing after what is no action of the page', () => {
    const session = start()
    for (const action of [
      '',
      'think[hm]',
      'Search[lamp]',
      ' search[lamp]',
      'search[]',
      'click[search]',
      'click[buy now]',
      'search[a\nb]',
    ])
      expect(session.step(action), action).toEqual({ reward: 0, done: false, isPerformed: false })
    expect(session.page.kind).toBe('index')
    expect(session.actionCounts.size).toBe(0)
  })

  it('takes the argument up to the last bracket, and ignores what follows', () => {
    const session = start()
    session.step('search[Brass Lamp] please')
    expect(session.keywords).toEqual(['brass', 'lamp'])
    // The last opening bracket splits, so that the verb is none.
    expect(session.step('search[brass [lamp] x]').isPerformed).toBe(false)
  })

  it('turns pages of ten behind the fiftieth hit too', () => {
    const session = start()
    session.step('search[cup]')
    expect(session.listed.map(({ asin }) => asin)).toEqual(many.slice(0, 10).map(({ asin }) => asin))
    expect(session.clickables.has('< prev')).toBe(false)
    for (let page = 2; page <= 6; page++) session.step('click[next >]')
    expect(session.page).toMatchObject({ kind: 'results', number: 6, total: 50, products: [] })
    expect(session.clickables.has('next >')).toBe(true)
    session.step('click[< prev]')
    expect(session.listed).toHaveLength(10)
    expect(session.actionCounts.get('search')).toBe(7)
  })

  it('keeps options on sub-pages and loses them with the product; keeps visits until the search page', () => {
    const session = start()
    session.step('search[lamp]')
    session.step('click[b0lamp0001]')
    session.step('click[large]')
    // Both options have this value: the last one is meant.
    expect([...session.options]).toEqual([['size', 'large']])
    session.step('click[features]')
    session.step('click[< prev]')
    expect(session.options.size).toBe(1)
    session.step('click[< prev]')
    expect(session.page.kind).toBe('results')
    expect(session.options.size).toBe(0)
    expect(session.observe('text_rich')).toContain('[clicked button] B0LAMP0001 [clicked button_]')
    session.step('click[back to search]')
    expect(session.visited.size).toBe(0)
    expect(session.url).toBe('http://127.0.0.1:3000/0')
  })

  it('marks a chosen option by the URL alone', () => {
    const session = start()
    session.step('search[lamp]')
    session.step('click[b0lamp0001]')
    session.step('click[small]')
    const rich = session.observe('text_rich')
    expect(rich).toMatch(/^You have clicked small\.\n/)
    // A value that is called like the chosen option's name.
    expect(rich).toContain('  [clicked button] size [clicked button_]\n')
    session.step('click[blé]')
    expect(session.options.get('color')).toBe('blé')
    expect(session.observe('text_rich')).toContain('  [button] blé [button_]\n')
  })

  it('takes a page for what its address says first, as upstream', () => {
    const session = start()
    session.step('search[lamp search_results]')
    session.step('click[b0lamp0001]')
    session.step('click[< prev]')
    // The item page was taken for results, so that the page before the first was asked for.
    expect(session.page).toMatchObject({ kind: 'results', number: 0, products: [] })
  })

  it('leaves out empty texts and keeps a lone space', () => {
    const session = start([product('B0LAMP0001', { title: 'Lamp', bulletPoints: ['bright', '', ' \n'] })])
    session.step('search[lamp]')
    session.step('click[b0lamp0001]')
    session.step('click[features]')
    expect(session.observe('text_rich')).toMatch(/\[button\] < Prev \[button_\]\n bright\n \n$/)
    session.step('click[< prev]')
    session.step('click[description]')
    expect(session.observe('text')).toMatch(/< Prev$/)
  })

  it('shows attributes only in a shop that has that page', () => {
    const shop = handMadeShop([lamp], { showAttributes: true })
    const session = shop.start(0)
    session.step('search[lamp]')
    session.step('click[b0lamp0001]')
    session.step('click[attributes]')
    expect(session.observe('text')).toMatch(
      /< Prev \[SEP\] DUMMY_ATTR \[SEP\] home \[SEP\] things \[SEP\] Home › Things$/,
    )
  })

  it('lists products of a query or a category, and random ones, by first words in angle brackets', () => {
    const session = start()
    session.step('search[<q> things]')
    expect(session.page).toMatchObject({ total: 56 })
    session.step('search[<c> garden]')
    expect(session.page).toMatchObject({ total: 0 })
    expect(session.step('search[<c>]').isPerformed).toBe(false)
    session.step('search[<r>]')
    expect(session.page).toMatchObject({ total: 50 })
    const again = start()
    again.step('search[<r>]')
    expect(new Set([...session.listed, ...again.listed]).size).toBe(10)
  })

  it('has an observation in every mode, escaped where it is markup', () => {
    const session = handMadeShop([product('B0LAMP0001', { title: '<b>"Lamp" & \'co\'</b>' })], {
      goals: [goal({ instruction: 'a <i>lamp</i>' })],
    }).start(0)
    session.step('search[lamp]')
    for (const mode of observationModes) expect(session.observe(mode)).not.toBe('')
    const html = session.observe('html')
    expect(html).toContain('&lt;b&gt;&#34;Lamp&#34; &amp; &#39;co&#39;&lt;/b&gt;')
    expect(html).not.toMatch(/<[bi]>/)
    expect(session.observe('text')).toContain('<b>"Lamp" & \'co\'</b>')
  })
})
