import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { generateShop } from '../../environments/webshop/generator/generate-shop.ts'
import type { Shop } from '../../environments/webshop/shop.ts'
import { buildStore } from '../../environments/webshop/store/build-store.ts'
import { openShopOf } from './open-shop.ts'

const official = fileURLToPath(new URL('../../../../shared/data/webshop/', import.meta.url))
if (!existsSync(official)) console.warn(`skipped: the official products are not at ${official}`)

/** A goal that is not the second. */
const readGoal = (shop: Shop) => shop.goals.find(({ asin }) => asin !== shop.goals[1]!.asin)!

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'leap-shop-'))
})
afterAll(() => rm(folder, { recursive: true }))

describe('openShopOf', () => {
  it('makes a shop from the seed, with three requests for each product', async () => {
    const { shop, source } = await openShopOf({ products: 50, seed: 9 })
    expect(source).toBe('a generated shop of 50 products, seed 9')
    expect([shop.catalogue.size, shop.goals.length]).toEqual([50, 150])
    const again = await openShopOf({ products: 50, seed: 9 })
    expect(again.shop.goals).toEqual(shop.goals)
  })

  it('reads files in the official format, and opens the same shop that was written', async () => {
    const files = generateShop({ seed: 9, products: 250 })
    await writeFile(join(folder, 'items_shuffle_250.json'), JSON.stringify(files.products))
    await writeFile(join(folder, 'items_ins_v2_250.json'), JSON.stringify(files.attributes))
    await writeFile(join(folder, 'items_human_ins.json'), JSON.stringify(files.instructions))
    const { shop, source } = await openShopOf({ path: folder, products: 1, seed: 9 })
    expect(source).toBe(`${folder}: 250 products, 750 human requests`)
    const made = await openShopOf({ products: 250, seed: 9 })
    expect(shop.goals).toEqual(made.shop.goals)
    expect(shop.catalogue.search('wool coat', 10)).toEqual(made.shop.catalogue.search('wool coat', 10))
  })

  it('takes prices and bounds from files, bounds that are drawn standing above recorded prices', async () => {
    const files = generateShop({ seed: 9, products: 40 })
    const data = join(folder, 'priced')
    await mkdir(data)
    await writeFile(join(data, 'items_shuffle_40.json'), JSON.stringify(files.products))
    await writeFile(join(data, 'items_ins_v2_40.json'), JSON.stringify(files.attributes))
    await writeFile(join(data, 'items_human_ins.json'), JSON.stringify(files.instructions))
    const { asin } = readGoal(
      (await openShopOf({ path: data, products: 1, seed: 9, settings: { goals: 'human' } })).shop,
    )
    await writeFile(join(data, 'prices.json'), JSON.stringify({ [asin]: 555.5 }))
    await writeFile(join(data, 'bounds.jsonl'), '{"idx": 1, "price_upper": 5000}')
    const settings = { goals: 'human', prices: 'prices.json', bounds: 'bounds.jsonl' } as const
    const buildStoreThere = () =>
      buildStore({
        products: join(data, 'items_shuffle_40.json'),
        attributes: join(data, 'items_ins_v2_40.json'),
        instructions: join(data, 'items_human_ins.json'),
        folder: join(data, 'leap-store'),
      })
    // From files, then from a store of them.
    for (const prepare of [async () => {}, buildStoreThere]) {
      await prepare()
      const { shop, source, close } = await openShopOf({ path: data, products: 1, seed: 9, settings, cwd: data })
      expect(source).toContain('120 human requests, prices prices.json, bounds bounds.jsonl')
      expect(shop.catalogue.price(shop.catalogue.indexOf(asin)!)).toBe(555.5)
      for (const goal of shop.goals.filter((goal, index) => goal.asin === asin && index !== 1))
        expect(goal.priceUpper).toBeGreaterThan(555.5)
      expect(shop.goals[1]).toMatchObject({
        priceUpper: 5000,
        instruction: expect.stringMatching(/, and price lower than 5000\.00 dollars$/),
      })
      close()
    }
    await expect(openShopOf({ products: 20, seed: 1, settings, cwd: data })).rejects.toMatchObject({
      code: 'PRICES_INVALID',
    })
    await expect(
      openShopOf({ products: 20, seed: 1, settings: { bounds: 'none.jsonl' }, cwd: data }),
    ).rejects.toMatchObject({ code: 'DATA_UNREADABLE' })
  })

  it('takes the requests and the nouns that are asked for', async () => {
    const files = generateShop({ seed: 9, products: 40 })
    const data = join(folder, 'plain')
    await mkdir(data)
    await writeFile(join(data, 'items_shuffle_40.json'), JSON.stringify(files.products))
    await writeFile(join(data, 'items_ins_v2_40.json'), JSON.stringify(files.attributes))
    await expect(openShopOf({ path: data, products: 1, seed: 9, settings: { goals: 'human' } })).rejects.toMatchObject({
      code: 'GOALS_MISSING',
    })
    const table = Object.fromEntries(files.products.map((record) => [(record as { name: string }).name, ['thing']]))
    await writeFile(join(data, 'nouns.json'), JSON.stringify(table))
    const open = (nouns: string) => openShopOf({ products: 40, seed: 9, settings: { nouns }, cwd: data })
    const judge = async (nouns: string) => {
      const { shop } = await open(nouns)
      const other = shop.catalogue.product(shop.catalogue.size - 1)
      const goal = shop.goals.find(({ query }) => query !== other.query)!
      return shop.judge(goal, other, new Map()).titleScore
    }
    expect(await judge('words')).toBeLessThan(1)
    expect(await judge('nouns.json')).toBe(1)
    await expect(open('spacy')).rejects.toMatchObject({ code: 'NOUNS_INVALID' })
  })

  it('says what is missing or no JSON', async () => {
    await expect(openShopOf({ path: `${tmpdir()}/nothing-here`, products: 1, seed: 1 })).rejects.toMatchObject({
      code: 'DATA_MISSING',
    })
    const broken = await mkdtemp(join(tmpdir(), 'leap-shop-'))
    await writeFile(join(broken, 'items_shuffle_1.json'), '[{')
    await writeFile(join(broken, 'items_ins_v2_1.json'), '{}')
    await expect(openShopOf({ path: broken, products: 1, seed: 1 })).rejects.toMatchObject({ code: 'DATA_UNREADABLE' })
    await rm(broken, { recursive: true })
  })

  it.skipIf(!existsSync(official))(
    'opens the official set with its synthetic requests, as too few of the human ones have their product',
    async () => {
      const { shop, source } = await openShopOf({ path: official, products: 1, seed: 7 })
      expect([shop.catalogue.size, shop.goals.length]).toEqual([1000, 6910])
      expect(source).toContain('6910 synthetic requests (13 human ones are too few)')
    },
  )
})
