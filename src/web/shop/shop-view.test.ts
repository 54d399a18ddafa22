import { describe, expect, it } from 'vitest'
import { smallShop } from '../../environments/webshop/testing/small-shop.ts'
import { renderPage } from './render-page.ts'
import { type ShopPageView, viewOfObservation, viewOfSession } from './shop-view.ts'

describe('a page from a session and from the observation of it', () => {
  it('shows the same', () => {
    const session = smallShop().start(4)
    const both = (): [ShopPageView, ShopPageView] => [
      viewOfSession(session),
      viewOfObservation(session.observe('text_rich')),
    ]
    const text = (view: ShopPageView) =>
      renderPage(view, {})
        .markup.replace(/<[^>]*>/g, ' ')

        .replace(/\s+/g, ' ')
    const actions = [
      `search[${session.goal.query}]`,
      'click[next >]',
      'click[< prev]',
      '',
      'click[features]',
      'click[< prev]',
      'an option',
    ]
    expect(both()[0]).toEqual(both()[1])
    for (const action of actions) {
      const option = action === 'an option' ? `click[${session.product!.options[0]!.values[0]}]` : action
      const done = session.step(option || `click[${session.listed[1]!.asin.toLowerCase()}]`)
      expect(done.isPerformed).toBe(true)
      const [own, read] = both()
      expect(read.kind).toBe(own.kind)
      if (own.kind !== 'sub') expect(text(read)).toBe(text(own))
    }
    session.step('click[buy now]')
    const [own, read] = both()
    // The last page that an agent sees names the product by its ASIN and tells no parts of the reward.
    const { purchase, reward } = own as Extract<ShopPageView, { kind: 'done' }>
    expect(read).toEqual({ kind: 'done', purchase: { ...purchase, bought: session.product!.asin } })
    expect(purchase).toEqual({
      bought: session.product!.title,
      options: Object.fromEntries(session.options),
      score: reward!.total,
    })
  })

  it('is a picture in which nothing can be clicked, with what was done marked', () => {
    const session = smallShop().start(4)
    session.step(`search[${session.goal.query}]`)
    const title = session.listed[2]!.title.toLowerCase()
    const { markup } = renderPage(viewOfObservation(session.observe('text_rich')), { taken: `click[item - ${title}]` })
    expect(markup).not.toContain('<form')
    expect(markup.match(/<button/g)!.length).toBe(markup.match(/ disabled>/g)!.length)
    expect(markup.match(/ taken"/g)).toHaveLength(1)
  })
})
