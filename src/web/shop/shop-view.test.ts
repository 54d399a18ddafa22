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
        .replace(/\$[\d.]+/g, (price) => `$${Number(price.slice(1))}`)
        .replace(/\s+/g, ' ')
    const actions = [
      `search[${session.goal.query}]`,
      'click[next >]',
      'click[< prev]',
      '',
      'click[features]',
      'click[< prev]',
    ]
    expect(both()[0]).toEqual(both()[1])
    for (const action of actions) {
      const done = session.step(action || `click[${session.listed[1]!.asin.toLowerCase()}]`)
      expect(done.isPerformed).toBe(true)
      const [own, read] = both()
      expect(read.kind).toBe(own.kind)
      if (own.kind !== 'sub') expect(text(read)).toBe(text(own))
    }
    session.step('click[buy now]')
    expect(both().map(({ kind }) => kind)).toEqual(['done', 'done'])
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
