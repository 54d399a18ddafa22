import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { LeapError } from '../../contracts/error.ts'
import type { Catalogue } from '../../environments/webshop/catalogue.ts'
import { openGeneratedShop } from '../../environments/webshop/generator/generated-shop.ts'
import type { Goal } from '../../environments/webshop/goal.ts'
import { findDataFiles } from '../../environments/webshop/loading/find-data.ts'
import { loadShopData } from '../../environments/webshop/loading/load-shop-data.ts'
import { readAttributes, readInstructions } from '../../environments/webshop/loading/read-annotations.ts'
import { readDataFile, readPackedText } from '../../environments/webshop/loading/read-data-file.ts'
import {
  type PriceTable,
  readPriceBounds,
  readPriceTable,
  withPriceBounds,
} from '../../environments/webshop/loading/recorded-prices.ts'
import { openNouns } from '../../environments/webshop/reward/open-nouns.ts'
import { openShop, type Shop } from '../../environments/webshop/shop.ts'
import { openStore } from '../../environments/webshop/store/open-store.ts'
import { storeFiles } from '../../environments/webshop/store/store-files.ts'
import type { ShopSettings } from '../shop-settings.ts'

/** Products up to which the attributes file's requests, one for each combination of options, are taken without being asked for. */
const mostSynthetic = 100_000

export interface OpenShopOptions {
  /** A store that `leap data webshop` made, or a folder with the official files. Absent: a shop generated from the seed. */
  path?: string | undefined
  /** Products of the generated shop. */
  products: number
  /** Of the generated shop, and of the prices that official files leave to chance. */
  seed: number
  /** Nouns, requests, recorded prices and bounds. Paths in it are resolved against `cwd`. */
  settings?: ShopFields | undefined
  /** Default: this process's folder. */
  cwd?: string
}

type ShopFields = Partial<Pick<ShopSettings, 'nouns' | 'goals' | 'prices' | 'bounds'>>

export interface OpenedShop {
  shop: Shop
  /** Where it comes from, in words. */
  source: string
  close(): void
}

/** Below this many requests of people, the attributes file's requests are the goals (the set of 1,000 products has 13 of the former and 6,910 of the latter). */
const enoughHumanGoals = 500

/**
 * Opens a shop. Throws a LeapError `DATA_MISSING`, `DATA_TOO_LARGE` (make a store first), `DATA_UNREADABLE`, `GOALS_MISSING`, `TAGGER_MISSING`, `NOUNS_INVALID`, `PRICES_INVALID`, or
 * what reading its files throws.
 */
export async function openShopOf({ path, products, seed, settings = {}, cwd }: OpenShopOptions): Promise<OpenedShop> {
  const at = (file: string) => resolve(cwd ?? process.cwd(), file)
  const { nouns: named = 'words', prices: priceFile, bounds: boundFile } = settings
  const nouns = await openNouns(named === 'words' || named === 'wink' ? named : at(named))
  const prices = priceFile === undefined ? undefined : readPriceTable(await readText(at(priceFile)), priceFile)
  const bounds = boundFile === undefined ? undefined : readPriceBounds(await readText(at(boundFile)), boundFile)
  const {
    catalogue,
    goals,
    source,
    close = () => {},
  } = await openData(path, { products, seed, prices }, settings.goals)
  const bounded = bounds === undefined ? goals : withPriceBounds(goals, bounds)
  const told = [source, ...(priceFile ? [`prices ${priceFile}`] : []), ...(boundFile ? [`bounds ${boundFile}`] : [])]
  return { shop: openShop({ catalogue, goals: bounded, nouns }), source: told.join(', '), close }
}

interface Opened {
  catalogue: Catalogue
  goals: Goal[]
  source: string
  close?: () => void
}

async function openData(
  path: string | undefined,
  { products, seed, prices }: { products: number; seed: number; prices: PriceTable | undefined },
  kind: ShopSettings['goals'] = 'auto',
): Promise<Opened> {
  if (path === undefined) {
    if (prices !== undefined)
      throw new LeapError({
        code: 'PRICES_INVALID',
        message: 'environment.webshop.prices: expected official data in environment.games beside it, found none',
      })
    const { catalogue, goals } = openGeneratedShop({ seed, products })
    return { catalogue, goals, source: `a generated shop of ${products} products, seed ${seed}` }
  }
  const folder = [path, join(path, 'leap-store')].find((place) => existsSync(join(place, storeFiles.manifest)))
  if (folder !== undefined) return openFromStore(folder, { seed, prices }, kind)
  const files = await findDataFiles(path)
  const read = (file: string) => readDataFile(file, `Make a store of it once: leap data webshop ${path}`)
  const records = await read(files.products)
  if (!Array.isArray(records))
    throw new LeapError({
      code: 'DATA_UNREADABLE',
      message: `${files.products}: expected a list of products, found something else`,
    })
  const attributes = readAttributes(await read(files.attributes), files.attributes)
  const common = { records, attributes, prices, priceSeed: seed, where: files.products }
  const { instructions: requests } = files
  const human = async (): Promise<Goal[]> => {
    if (requests === undefined) return []
    return loadShopData({ ...common, instructions: readInstructions(await read(requests), requests) }).goals
  }
  const synthetic = loadShopData(common)
  const chosen = await chooseGoals(kind, human, async () => synthetic.goals, path)
  const { catalogue } = synthetic
  return { catalogue, goals: chosen.goals, source: describe(path, catalogue.size, chosen.told) }
}

async function openFromStore(
  folder: string,
  { seed, prices }: { seed: number; prices: PriceTable | undefined },
  kind: ShopSettings['goals'],
): Promise<Opened> {
  const store = await openStore(folder, { priceSeed: seed, prices })
  const human = () =>
    store.goals('human').catch((error: unknown): Goal[] => {
      if (LeapError.is(error) && error.code === 'GOALS_MISSING') return []
      throw error
    })
  try {
    const synthetic = () => {
      if (kind === 'auto' && store.size > mostSynthetic) throw tooMany(folder, store.size)
      return store.goals('synthetic')
    }
    const { goals, told } = await chooseGoals(kind, human, synthetic, folder)
    return { catalogue: store, goals, source: describe(folder, store.size, told), close: () => store.close() }
  } catch (error) {
    store.close()
    throw error
  }
}

function tooMany(folder: string, products: number): LeapError {
  return new LeapError({
    code: 'GOALS_MISSING',
    message: `${folder}: expected at least ${enoughHumanGoals} requests that people wrote beside ${products} products, found fewer`,
    remedy:
      'Make the store again with items_human_ins.json beside the products. environment.webshop.goals=synthetic takes the requests of the attributes file: millions, and gigabytes of memory.',
  })
}

async function chooseGoals(
  kind: ShopSettings['goals'],
  readHuman: () => Promise<Goal[]>,
  readSynthetic: () => Promise<Goal[]>,
  where: string,
): Promise<{ goals: Goal[]; told: string }> {
  const human = kind === 'synthetic' ? [] : await readHuman()
  if (kind === 'human' && human.length === 0)
    throw new LeapError({
      code: 'GOALS_MISSING',
      message: `${where}: expected requests that people wrote for products that are there, found none`,
      remedy: 'Put items_human_ins.json beside the products, or set environment.webshop.goals=synthetic.',
    })
  if (kind === 'human' || human.length >= enoughHumanGoals)
    return { goals: human, told: `${human.length} human requests` }
  const goals = await readSynthetic()
  if (goals.length < human.length) return { goals: human, told: `${human.length} human requests` }
  const why = kind === 'synthetic' ? '' : ` (${human.length} human ones are too few)`
  return { goals, told: `${goals.length} synthetic requests${why}` }
}

const describe = (path: string, products: number, goals: string) => `${path}: ${products} products, ${goals}`

async function readText(path: string): Promise<string> {
  return readPackedText(path).catch((cause: Error) => {
    throw new LeapError({ code: 'DATA_UNREADABLE', message: `${path}: cannot be read: ${cause.message}`, cause })
  })
}
