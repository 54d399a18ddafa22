import type { Catalogue } from './catalogue.ts'
import { drawPrice } from './loading/drawn-prices.ts'
import type { Product } from './product.ts'
import type { PythonRandom } from './python/python-random.ts'
import { compareCodePoints } from './python/python-text.ts'
import { documentText } from './search/document-text.ts'
import { MemoryIndex } from './search/memory-index.ts'

/** Prices by ASIN, or the generator that draws those of price ranges, in the products' order. */
export type PriceSource = ReadonlyMap<string, number> | PythonRandom

/**
 * A catalogue of products held in memory; meant for up to some ten thousand. The index is built at the first search.
 * With a table of prices, a product that it lacks costs the lower end of its range.
 */
export function memoryCatalogue(products: readonly Product[], prices: PriceSource): Catalogue {
  const byAsin = new Map(products.map(({ asin }, index) => [asin, index]))
  // The last product of a title is the one that its name means.
  const byTitle = new Map(products.map(({ title }, index) => [title.toLowerCase(), index]))
  const paid = products.map(({ asin, pricing }) =>
    'get' in prices ? (prices.get(asin) ?? pricing[0]!) : drawPrice(pricing, prices),
  )
  let index: MemoryIndex | undefined
  return {
    size: products.length,
    product(number) {
      const product = products[number]
      if (product === undefined) throw new RangeError(`expected a product below ${products.length}, found ${number}`)
      return product
    },
    indexOf: (asin) => byAsin.get(asin),
    indexOfTitle: (title) => byTitle.get(title),
    price: (number) => paid[number]!,
    search: (query, limit) =>
      (index ??= new MemoryIndex(products.map(documentText), orderByAsin(products))).search(query, limit),
  }
}

function orderByAsin(products: readonly Product[]): Uint32Array {
  const sorted = products
    .map((_, index) => index)
    .sort((a, b) => compareCodePoints(products[a]!.asin, products[b]!.asin))
  const order = new Uint32Array(products.length)
  for (const [place, index] of sorted.entries()) order[index] = place
  return order
}
