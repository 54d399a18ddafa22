import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { LeapError } from '../../../contracts/error.ts'
import type { Catalogue } from '../catalogue.ts'
import type { Goal } from '../goal.ts'
import { orderGoals } from '../goals/goal-order.ts'
import { type HumanInstruction, humanGoals } from '../goals/human-goals.ts'
import { syntheticGoals } from '../goals/synthetic-goals.ts'
import { drawPrice } from '../loading/drawn-prices.ts'
import type { PriceTable } from '../loading/recorded-prices.ts'
import { PythonRandom } from '../python/python-random.ts'
import { PostingLists } from './posting-lists.ts'
import { asinAt, asinWidth } from './product-intake.ts'
import { ProductReader } from './product-reader.ts'
import { readColumn } from './read-column.ts'
import { readManifest, storeFiles } from './store-files.ts'
import { StoreIndex } from './store-index.ts'
import { findTitle } from './title-index.ts'

export interface OpenStoreOptions {
  /** Of prices that are drawn: of range-priced products and of bounds in requests. Default 7. */
  readonly priceSeed?: number
  /** Recorded prices, which stand in for drawn ones. */
  readonly prices?: PriceTable | undefined
}

/** A catalogue on disk. */
export interface Store extends Catalogue {
  /**
   * The goals in the official order, made anew at every call: `human` from requests that people wrote, `synthetic` from the attributes file.
   * Throws a LeapError `GOALS_MISSING` if the store was made without the requests.
   */
  goals(kind: 'human' | 'synthetic'): Promise<Goal[]>
  close(): void
}

/**
 * Opens a store that {@link buildStore} made. Only what every query needs is read; products and postings come when they are asked for.
 * @throws LeapError `STORE_MISSING`, `STORE_INVALID`
 */
export async function openStore(
  folder: string,
  { priceSeed = 7, prices: recorded = new Map() }: OpenStoreOptions = {},
): Promise<Store> {
  const manifest = await readManifest(folder)
  const { products: size, totalLength } = manifest
  const read = (name: keyof typeof storeFiles, bytes: number) => readColumn(join(folder, storeFiles[name]), bytes)
  const asins = Buffer.from(await read('asins', asinWidth * size))
  const byAsin = new Uint32Array(await read('asinOrder', 4 * size))
  const titles = new Uint32Array(await read('titles', 8 * size))
  const pricing = new Float64Array(await read('pricing', 16 * size))
  const lengths = new Uint8Array(await read('lengths', size))
  const lists = await PostingLists.open(folder, manifest)
  const products = await ProductReader.open(folder, size)
  const index = new StoreIndex(lists, lengths, totalLength / size, placesOf(byAsin))
  // Drawn in the products' order, and before the bounds of requests, as WebShop does.
  const { prices, random } = drawPrices(pricing, priceSeed)
  for (const [asin, price] of recorded) {
    const number = findAsin(asins, byAsin, asin)
    if (number !== undefined) prices[number] = price
  }
  const product = (number: number) => products.read(number).product
  return {
    size,
    product,
    indexOf: (asin) => findAsin(asins, byAsin, asin),
    indexOfTitle: (title) => findTitle(titles, title, (number) => product(number).title),
    price: (number) => prices[number]!,
    search: (query, limit) => index.search(query, limit),
    async goals(kind) {
      // From the same state at every call.
      const draws = random()
      if (kind === 'synthetic') return orderGoals(syntheticGoals(described(products, prices, size), draws))
      const rows = await readRequests(folder)
      const found = rows.flatMap(([asin, instructions]) => {
        const number = findAsin(asins, byAsin, asin)
        return number === undefined ? [] : [{ number, instructions }]
      })
      found.sort((a, b) => a.number - b.number)
      const instructed = found.map(({ number, instructions }) => ({
        product: product(number),
        price: prices[number]!,
        instructions,
      }))
      return orderGoals(humanGoals(instructed, draws))
    },
    close() {
      lists.close()
      products.close()
    },
  }
}

function placesOf(order: Uint32Array): Uint32Array {
  const places = new Uint32Array(order.length)
  for (const [place, number] of order.entries()) places[number] = place
  return places
}

/** Prices of all products, and a generator that is where it was after drawing them. */
function drawPrices(pricing: Float64Array, seed: number): { prices: Float64Array; random: () => PythonRandom } {
  const draw = () => {
    const random = new PythonRandom(seed)
    const prices = new Float64Array(pricing.length / 2)
    for (let i = 0; i < prices.length; i++) {
      const [low, high] = [pricing[2 * i]!, pricing[2 * i + 1]!]
      prices[i] = drawPrice(Number.isNaN(high) ? [low] : [low, high], random)
    }
    return { prices, random }
  }
  return { prices: draw().prices, random: () => draw().random }
}

function findAsin(asins: Buffer, order: Uint32Array, asin: string): number | undefined {
  const wanted = Buffer.alloc(asinWidth)
  if (Buffer.byteLength(asin) > asinWidth) return undefined
  wanted.write(asin)
  let low = 0
  let high = order.length
  while (low < high) {
    const middle = (low + high) >>> 1
    const number = order[middle]!
    const comparison = asins.compare(wanted, 0, asinWidth, number * asinWidth, (number + 1) * asinWidth)
    if (comparison === 0) return asinAt(asins, number) === asin ? number : undefined
    if (comparison < 0) low = middle + 1
    else high = middle
  }
  return undefined
}

function* described(products: ProductReader, prices: Float64Array, size: number) {
  for (let number = 0; number < size; number++) {
    const { product, instruction, instructionAttributes } = products.read(number)
    if (instruction !== undefined)
      yield { product, price: prices[number]!, instruction, attributes: instructionAttributes ?? [] }
  }
}

async function readRequests(folder: string): Promise<[asin: string, instructions: HumanInstruction[]][]> {
  const path = join(folder, storeFiles.instructions)
  const text = await readFile(path, 'utf8').catch((cause: Error) => {
    throw new LeapError({
      code: 'GOALS_MISSING',
      message: `${path}: expected the requests that people wrote, found none: the store was made without items_human_ins.json`,
      remedy: 'Delete the store and make it again with that file beside the products, or ask for synthetic goals.',
      cause,
    })
  })
  return JSON.parse(text)
}
