import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { memoryCatalogue } from '../../environments/webshop/memory-catalogue.ts'
import { openShop, type Shop } from '../../environments/webshop/shop.ts'
import { smallShop } from '../../environments/webshop/testing/small-shop.ts'
import { createRandom } from '../../support/random.ts'
import { type ServedShop, serveShop } from './serve-shop.ts'
import { createVisits } from './shop-visits.ts'
import { findBrowser } from './testing/find-browser.ts'

const executablePath = findBrowser(process.env)
if (executablePath === undefined) console.warn('no Chromium found: the shop is not tested in a browser (set CHROMIUM)')

const attack = '<script>document.title="stolen"</script><img src=x onerror="document.title=\'stolen\'">'

/** The first products of the small shop, one of which carries markup in its title and an option. */
function hostileShop(): Shop {
  const { catalogue, goals } = smallShop()
  const products = Array.from({ length: 40 }, (_, index) => catalogue.product(index))
  const [first] = products
  products[0] = { ...first!, title: `${attack} ${first!.title}`, options: [{ name: 'color', values: [attack, 'red'] }] }
  const goal = goals.find(({ asin }) => asin === first!.asin)!
  return openShop({
    catalogue: memoryCatalogue(products, new Map(products.map(({ asin }) => [asin, 10]))),
    goals: [
      { ...goal, instruction: `i need ${attack}, and price lower than 40.00 dollars`, options: [{ value: 'red' }] },
    ],
  })
}

async function serve(shop: Shop): Promise<ServedShop> {
  const random = createRandom(1, 'browser')
  return serveShop({
    shop,
    host: '127.0.0.1',
    port: 0,
    visits: createVisits(shop),
    random,
    goals: [0, shop.goals.length],
  })
}

describe.skipIf(executablePath === undefined)('shopping in Chromium', { timeout: 240_000 }, () => {
  let browser: Browser
  const served: ServedShop[] = []
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: executablePath!, args: ['--no-sandbox'], timeout: 200_000 })
  }, 240_000)
  afterAll(async () => {
    await browser?.close()
    for (const server of served) await server.close()
  }, 60_000)

  const open = async (shop: Shop, goal: number): Promise<Page> => {
    const server = await serve(shop)
    served.push(server)
    const page = await browser.newPage()
    page.setDefaultTimeout(120_000)
    await page.goto(server.url)
    await page.getByLabel('Number of the request').fill(String(goal))
    await page.getByRole('button', { name: 'Start' }).click()
    return page
  }
  const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
  /** A click leads to another page in its own time: what is there before must not be read for what comes. */
  const arrive = (page: Page, heading: string | RegExp) =>
    page
      .getByRole('heading', { level: 2, name: heading, ...(typeof heading === 'string' ? { exact: true } : {}) })
      .waitFor()
  const choose = async (page: Page, value: string) => {
    await button(page, value).click()
    await page.getByRole('button', { name: value, exact: true, pressed: true }).waitFor()
  }

  it('finds, chooses, goes back, and buys by role and name alone', async () => {
    const shop = smallShop()
    const goal = shop.goals[7]!
    const product = shop.catalogue.product(shop.catalogue.indexOf(goal.asin)!)
    const page = await open(shop, 7)
    expect(await page.locator('#request').innerText()).toBe(`Instruction: ${goal.instruction}`)
    await page.getByRole('searchbox').fill(product.title)
    await page.getByRole('searchbox').press('Enter')
    await arrive(page, /^Page 1 \(Total results: \d+\)$/)

    // Away and back again: further results, the product's pages, the results.
    if ((await page.getByRole('listitem').count()) === 10) {
      await button(page, 'Next >').click()
      await arrive(page, /^Page 2/)
      await button(page, '< Prev').click()
      await arrive(page, /^Page 1/)
    }
    await page.getByRole('button', { name: product.title, exact: true }).first().click()
    await arrive(page, product.title)
    for (const { value } of goal.options) await choose(page, value)
    await button(page, 'Features').click()
    await arrive(page, 'Features')
    expect(await page.locator('.product-info').allInnerTexts()).toEqual([...product.bulletPoints])
    await button(page, '< Prev').click()
    await arrive(page, product.title)
    await button(page, '< Prev').click()
    await arrive(page, /^Page 1/)
    expect(await page.getByText('(seen)').count()).toBe(1)
    await page.getByRole('button', { name: product.title, exact: true }).first().click()
    await arrive(page, product.title)
    // Options are forgotten when the product is left, as in the shop that students see.
    expect(await page.locator('[aria-pressed="true"]').count()).toBe(0)
    for (const { value } of goal.options) await choose(page, value)

    // A second window that still shows an earlier page.
    const stale = await browser.newPage()
    stale.setDefaultTimeout(120_000)
    await stale.goto(page.url())
    await choose(
      stale,
      product.options[0]!.values.find((value) => !goal.options.some((wanted) => wanted.value === value))!,
    )
    await button(page, 'Buy Now').click()
    await page.getByRole('status').waitFor()
    expect(await page.getByRole('status').innerText()).toContain('no longer current')
    for (const { value } of goal.options) await choose(page, value)
    await button(page, 'Buy Now').click()
    await arrive(page, 'Thank you for shopping with us!')
    expect(await page.locator('.score').innerText()).toBe('100 of 100')
    expect(await page.locator('.bought').innerText()).toBe(product.title)
    await page.close()
  })

  it('shows markup in titles, options and requests as text', async () => {
    const shop = hostileShop()
    const problems: string[] = []
    const page = await open(shop, 0)
    page.on('pageerror', (error) => problems.push(error.message))
    page.on('dialog', (dialog) => void dialog.dismiss())
    expect(await page.locator('#request').innerText()).toContain(attack)
    await page.getByRole('searchbox').fill(shop.catalogue.product(0).title)
    await page.getByRole('searchbox').press('Enter')
    await page.getByRole('button', { name: shop.catalogue.product(0).title, exact: true }).click()
    await page.getByRole('group').waitFor()
    expect(await page.getByRole('heading', { level: 2 }).innerText()).toContain(attack)
    await choose(page, attack)
    await button(page, 'Buy Now').click()
    await arrive(page, 'Thank you for shopping with us!')
    expect(await page.title()).toBe('Done - WebShop')
    expect(await page.locator('main img, main script').count()).toBe(0)
    expect(problems).toEqual([])
    await page.close()
  })

  it('can be read by machines that read aloud: landmarks, one first heading, names for all that can be used, no repeated ids', async () => {
    const page = await open(smallShop(), 7)
    const check = async () => {
      expect(await page.getByRole('main').count()).toBe(1)
      expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1)
      expect(await page.locator('html').getAttribute('lang')).toBe('en')
      const unnamed = await page.evaluate(
        `[...document.querySelectorAll('button, input:not([type=hidden])')].filter((element) => !(element.textContent.trim() || element.labels?.length)).length`,
      )
      expect(unnamed).toBe(0)
      const repeated = await page.evaluate(
        `(() => { const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id); return ids.length - new Set(ids).size })()`,
      )
      expect(repeated).toBe(0)
    }
    await check()
    await page.getByRole('searchbox').fill(smallShop().goals[7]!.query)
    await button(page, 'Search').click()
    await arrive(page, /^Page 1/)
    await check()
    await page.getByRole('listitem').first().getByRole('button').click()
    await page.getByRole('group').first().waitFor()
    await check()
    expect(await page.getByRole('group').count()).toBeGreaterThan(0)
    await page.close()
  })
})

describe('the server', () => {
  it('takes no forms of other sites, no foreign names and no endless forms', async () => {
    const server = await serve(smallShop())
    try {
      const post = (init: RequestInit) => fetch(`${server.url}/start`, { method: 'POST', redirect: 'manual', ...init })
      const form = { 'content-type': 'application/x-www-form-urlencoded' }
      expect((await post({ headers: form, body: 'goal=1' })).status).toBe(303)
      expect((await post({ headers: { ...form, origin: 'http://evil.example' }, body: 'goal=1' })).status).toBe(403)
      expect((await post({ headers: form, body: `goal=${'1'.repeat(20_000)}` })).status).toBe(413)
      const head = await fetch(server.url, { method: 'HEAD' })
      expect(head.status).toBe(200)
      expect(head.headers.get('content-security-policy')).toContain("default-src 'none'")
      expect(await head.text()).toBe('')
    } finally {
      await server.close()
    }
  })

  it('says which port is taken', async () => {
    const server = await serve(smallShop())
    const shop = smallShop()
    const port = Number(new URL(server.url).port)
    await expect(
      serveShop({
        shop,
        host: '127.0.0.1',
        port,
        visits: createVisits(shop),
        random: createRandom(1, 'x'),
        goals: [0, 1],
      }),
    ).rejects.toMatchObject({ code: 'PORT_TAKEN' })
    await server.close()
  })
})
