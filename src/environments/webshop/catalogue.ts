import type { Product } from './product.ts'

/** Products with their search index, in memory or on disk. Products are numbered from 0 in the file's order. */
export interface Catalogue {
  readonly size: number
  /** Throws a RangeError for a number that is none. */
  product(index: number): Product
  /** The number of the product with this ASIN (upper-case). */
  indexOf(asin: string): number | undefined
  /** The number of the last product with this title in lower case: what a click on `item - <title>` means. */
  indexOfTitle(lowerCaseTitle: string): number | undefined
  /** Dollars that the product costs at purchase: of a price range, the price that was drawn when the catalogue was opened. */
  price(index: number): number
  /** The best products for a query, best first: Lucene's BM25 over its English analysis, ties by ASIN. */
  search(query: string, limit: number): readonly number[]
}
