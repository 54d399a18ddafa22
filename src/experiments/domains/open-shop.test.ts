import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { generateShop } from '../../environments/webshop/generator/generate-shop.ts'
import { openShopOf } from './open-shop.ts'

const official = fileURLToPath(new URL('../../../../shared/data/webshop/', import.meta.url))
if (!existsSync(official)) console.warn(`skipped: the official products are not at ${official}`)

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
