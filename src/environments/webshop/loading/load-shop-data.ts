import type { Catalogue } from '../catalogue.ts'
import type { Goal } from '../goal.ts'
import { orderGoals } from '../goals/goal-order.ts'
import { type HumanInstruction, humanGoals } from '../goals/human-goals.ts'
import { syntheticGoals } from '../goals/synthetic-goals.ts'
import { memoryCatalogue } from '../memory-catalogue.ts'
import type { Product } from '../product.ts'
import { PythonRandom } from '../python/python-random.ts'
import { drawPrice } from './drawn-prices.ts'
import type { ProductAttributes } from './read-annotations.ts'
import { readProduct } from './read-product.ts'
import type { PriceTable } from './recorded-prices.ts'

export interface ShopData {
  readonly catalogue: Catalogue
  /** In the official order. */
  readonly goals: Goal[]
}

export interface LoadOptions {
  /** The records of `items_shuffle*.json`, parsed. */
  readonly records: readonly unknown[]
  readonly attributes: ReadonlyMap<string, ProductAttributes>
  /** Requests that people wrote: human goals are made from them. Absent: synthetic goals from the attributes file. */
  readonly instructions?: ReadonlyMap<string, readonly HumanInstruction[]>
  /** Of the prices that are drawn: what range-priced products cost, and the bounds in requests. WebShop leaves it to chance. Default 7. */
  readonly priceSeed?: number
  /** Recorded prices, which stand in for drawn ones. */
  readonly prices?: PriceTable | undefined
  /** Name of the products file, for errors. */
  readonly where?: string
}

/**
 * Products and goals of a data set that fits into memory, as WebShop loads them (engine.load_products, goal.get_goals, SimServer). Larger ones belong
 * in a store.
 *
 * @throws LeapError `PRODUCT_INVALID` naming record and field
 */
export function loadShopData({
  records,
  attributes,
  instructions,
  priceSeed = 7,
  prices,
  where = 'products',
}: LoadOptions): ShopData {
  const products = readProducts(records, attributes, where)
  const random = new PythonRandom(priceSeed)
  // First all prices, then all bounds: that is the order in which WebShop draws them from one generator.
  const drawn = products.map(({ asin, pricing }): [string, number] => [asin, drawPrice(pricing, random)])
  const catalogue = memoryCatalogue(products, new Map([...drawn, ...(prices ?? [])]))
  const priced = products.map((product, index) => ({ product, price: catalogue.price(index) }))
  const goals =
    instructions === undefined
      ? syntheticGoals(
          priced.flatMap((row) => describe(row, attributes.get(row.product.asin))),
          random,
        )
      : humanGoals(
          priced.flatMap((row) => {
            const own = instructions.get(row.product.asin)
            return own === undefined ? [] : [{ ...row, instructions: own }]
          }),
          random,
        )
  return { catalogue, goals: orderGoals(goals) }
}

function describe(row: { product: Product; price: number }, known: ProductAttributes | undefined) {
  if (known?.instruction === undefined || known.instruction === null) return []
  return [{ ...row, instruction: known.instruction, attributes: known.instruction_attributes ?? [] }]
}

function readProducts(
  records: readonly unknown[],
  attributes: ReadonlyMap<string, ProductAttributes>,
  where: string,
): Product[] {
  const products = new Map<string, Product>()
  for (const [index, record] of records.entries()) {
    const product = readProduct(record, (asin) => attributes.get(asin)?.attributes, `${where}, record ${index + 1}`)
    // Of records with the same ASIN, the first counts.
    if (product !== undefined && !products.has(product.asin)) products.set(product.asin, product)
  }
  return [...products.values()]
}
