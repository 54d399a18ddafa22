import { describe, expect, it } from 'vitest'
import { memoryCatalogue } from '../../environments/webshop/memory-catalogue.ts'
import { openShop } from '../../environments/webshop/shop.ts'
import { smallShop } from '../../environments/webshop/testing/small-shop.ts'
import { createRandom } from '../../support/random.ts'
import { answerRequest, type ShopSite } from './answer-request.ts'
import { createVisits } from './shop-visits.ts'

function siteOf(shop = smallShop(), limit = 1000): ShopSite {
  let count = 0
  const drawId = () => `trip${count++}`
  return {
    shop,
    visits: createVisits(shop, { limit, drawId }),
    random: createRandom(1, 'test'),
    goals: [0, shop.goals.length],
  }
}

const ask = (site: ShopSite, method: string, url: string, form: Record<string, string> = {}) =>
  answerRequest(site, { method, url, form: new URLSearchParams(form) })

describe('the pages of the shop', () => {
  it('lead from the start to a trip, and from page to page by forms', () => {
    const site = siteOf()
    expect(ask(site, 'GET', '/').body).toContain('Number of the request, 0 to 799')
    const started = ask(site, 'POST', '/start', { goal: '3' })
    expect(started).toMatchObject({ status: 303, headers: { location: '/visit/trip0' } })
    const at = () => ask(site, 'GET', '/visit/trip0').body
    expect(at()).toContain(`Instruction: ${site.shop.goals[3]!.instruction.replaceAll("'", '&#39;')}`)

    const { query } = site.shop.goals[3]!
    expect(ask(site, 'POST', '/visit/trip0', { step: '0', query: `${query} [x]\n` }).status).toBe(303)
    const { session } = site.visits.find('trip0')!
    expect(session.keywords?.join(' ')).toBe(`${query} x`)
    expect(at()).toContain('Page 1 (Total results: ')
    const [product] = session.listed
    expect(
      ask(site, 'POST', '/visit/trip0', { step: '1', action: `click[${product!.asin.toLowerCase()}]` }).status,
    ).toBe(303)
    const value = product!.options[0]!.values[0]!
    expect(ask(site, 'POST', '/visit/trip0', { step: '2', action: `click[${value}]` }).status).toBe(303)
    expect(at()).toMatch(/aria-pressed="true"[^>]*>/)
    expect(ask(site, 'POST', '/visit/trip0', { step: '3', action: 'click[buy now]' }).status).toBe(303)
    expect(at()).toContain('Thank you for shopping with us!')
    expect(at()).toMatch(/<dd class="score">\d+ of 100<\/dd>/)
  })

  it('say what is wrong, and do nothing for a page that is no longer current', () => {
    const site = siteOf()
    for (const goal of ['800', '-1', 'x', '1e2']) expect(ask(site, 'POST', '/start', { goal }).status).toBe(400)
    expect(ask(site, 'POST', '/start').status).toBe(303)
    expect(ask(site, 'GET', '/visit/nobody').status).toBe(404)
    expect(ask(site, 'GET', '/../etc/passwd').status).toBe(404)
    expect(ask(site, 'PUT', '/')).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD' } })
    expect(ask(site, 'POST', '/visit/trip0', { step: '0' }).status).toBe(400)
    expect(ask(site, 'POST', '/visit/trip0', { step: '0', action: 'click[buy now]' }).status).toBe(409)
    expect(ask(site, 'POST', '/visit/trip0', { step: '0', query: 'coat' }).status).toBe(303)
    const stale = ask(site, 'POST', '/visit/trip0', { step: '0', query: 'lamp' })
    expect(stale.status).toBe(409)
    expect(stale.body).toContain('role="status"')
    expect(site.visits.find('trip0')!.session.keywords).toEqual(['coat'])
  })

  it('forget the oldest trip where there are too many', () => {
    const site = siteOf(smallShop(), 2)
    for (let trip = 0; trip < 3; trip++) ask(site, 'POST', '/start', { goal: '1' })
    expect(ask(site, 'GET', '/visit/trip0').status).toBe(404)
    expect(ask(site, 'GET', '/visit/trip2').status).toBe(200)
  })

  it('escape whatever products, requests and shoppers say', () => {
    const attack = `<img src=x onerror="alert(1)">'&`
    const { catalogue, goals } = smallShop()
    const product = {
      ...catalogue.product(0),
      title: attack,
      options: [{ name: attack, values: [attack] }],
      bulletPoints: [attack],
    }
    const shop = openShop({
      catalogue: memoryCatalogue([product], new Map([[product.asin, 10]])),
      goals: [{ ...goals[0]!, instruction: attack }],
    })
    const site = siteOf(shop)
    ask(site, 'POST', '/start', { goal: '0' })
    const bodies = [ask(site, 'GET', '/visit/trip0').body]
    const act = (step: number, action: string) => {
      ask(site, 'POST', '/visit/trip0', { step: String(step), action })
      bodies.push(ask(site, 'GET', '/visit/trip0').body)
    }
    act(0, `search[${product.query}]`)
    act(1, `click[${product.asin.toLowerCase()}]`)
    act(2, `click[${attack}]`)
    act(3, 'click[features]')
    bodies.push(ask(site, 'POST', '/visit/trip0', { step: '4', action: attack }).body)
    bodies.push(ask(site, 'POST', '/start', { goal: attack }).body)
    expect(bodies[2]).toContain('&lt;img src=x onerror=&quot;alert(1)&quot;&gt;&#39;&amp;')
    for (const body of bodies) {
      expect(body).not.toContain('<img')
      expect(body).not.toMatch(/on\w+="alert/)
      expect(body).toContain('&lt;img')
    }
  })
})
