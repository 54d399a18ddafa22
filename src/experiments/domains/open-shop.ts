import { existsSync } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { LeapError } from '../../contracts/error.ts'
import { openGeneratedShop } from '../../environments/webshop/generator/generated-shop.ts'
import type { Goal } from '../../environments/webshop/goal.ts'
import { findDataFiles } from '../../environments/webshop/loading/find-data.ts'
import { loadShopData } from '../../environments/webshop/loading/load-shop-data.ts'
import { readAttributes, readInstructions } from '../../environments/webshop/loading/read-annotations.ts'
import { openShop, type Shop } from '../../environments/webshop/shop.ts'
import { openStore } from '../../environments/webshop/store/open-store.ts'
import { storeFiles } from '../../environments/webshop/store/store-files.ts'

export interface OpenShopOptions {
  /** A store that `leap data webshop` made, or a folder with the official files. Absent: a shop generated from the seed. */
  path?: string | undefined
  /** Products of the generated shop. */
  products: number
  /** Of the generated shop, and of the prices that official files leave to chance. */
  seed: number
}

export interface OpenedShop {
  shop: Shop
  /** Where it comes from, in words. */
  source: string
  close(): void
}

/** Below this many requests of people, the attributes file's requests are the goals (the set of 1,000 products has 13 of the former and 6,910 of the latter). */
const enoughHumanGoals = 500

/**
 * Opens a shop. Throws a LeapError `DATA_MISSING`, `DATA_TOO_LARGE` (make a store first), `DATA_UNREADABLE`, or what reading its files throws.
 */
export async function openShopOf({ path, products, seed }: OpenShopOptions): Promise<OpenedShop> {
  if (path === undefined) {
    const shop = openShop(openGeneratedShop({ seed, products }))
    return { shop, source: `a generated shop of ${products} products, seed ${seed}`, close: () => {} }
  }
  const folder = [path, join(path, 'leap-store')].find((place) => existsSync(join(place, storeFiles.manifest)))
  if (folder !== undefined) {
    const store = await openStore(folder, { priceSeed: seed })
    const human = await store.goals('human').catch((error: unknown): Goal[] => {
      if (LeapError.is(error) && error.code === 'GOALS_MISSING') return []
      throw error
    })
    const { goals, kind } = await chooseGoals(human, () => store.goals('synthetic'))
    return {
      shop: openShop({ catalogue: store, goals }),
      source: describe(folder, store.size, kind),
      close: () => store.close(),
    }
  }
  const files = await findDataFiles(path)
  await checkSize(files.products, path)
  const records = await readJson(files.products)
  if (!Array.isArray(records))
    throw new LeapError({
      code: 'DATA_UNREADABLE',
      message: `${files.products}: expected a list of products, found something else`,
    })
  const attributes = readAttributes(await readJson(files.attributes), files.attributes)
  const common = { records, attributes, priceSeed: seed, where: files.products }
  const human =
    files.instructions === undefined
      ? []
      : loadShopData({
          ...common,
          instructions: readInstructions(await readJson(files.instructions), files.instructions),
        }).goals
  const synthetic = loadShopData(common)
  const { goals, kind } = await chooseGoals(human, async () => synthetic.goals)
  const { catalogue } = synthetic
  return { shop: openShop({ catalogue, goals }), source: describe(path, catalogue.size, kind), close: () => {} }
}

async function chooseGoals(human: Goal[], synthetic: () => Promise<Goal[]>): Promise<{ goals: Goal[]; kind: string }> {
  if (human.length >= enoughHumanGoals) return { goals: human, kind: `${human.length} human requests` }
  const goals = await synthetic()
  return goals.length >= human.length
    ? { goals, kind: `${goals.length} synthetic requests (${human.length} human ones are too few)` }
    : { goals: human, kind: `${human.length} human requests` }
}

const describe = (path: string, products: number, goals: string) => `${path}: ${products} products, ${goals}`

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'))
  } catch (cause) {
    throw new LeapError({
      code: 'DATA_UNREADABLE',
      message: `${path}: expected JSON, found ${cause instanceof Error ? cause.message : String(cause)}`,
      cause,
    })
  }
}

/** What is read into memory whole, bytes. */
const largest = 400 * 2 ** 20

async function checkSize(products: string, folder: string): Promise<void> {
  const { size } = await stat(products)
  if (size <= largest) return
  throw new LeapError({
    code: 'DATA_TOO_LARGE',
    message: `${products}: expected at most ${largest / 2 ** 20} MiB to hold in memory, found ${Math.round(size / 2 ** 20)} MiB`,
    remedy: `Make a store of it once: leap data webshop ${folder}`,
  })
}
