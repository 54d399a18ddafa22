import type { Goal } from '../goal.ts'
import { noPriceBound } from '../goal.ts'
import { memoryCatalogue } from '../memory-catalogue.ts'
import type { Product } from '../product.ts'
import { openShop, type ShopOptions } from '../shop.ts'

/** A product for tests; what matters is given. */
export function product(asin: string, given: Partial<Product> = {}): Product {
  return {
    asin,
    title: `Thing ${asin}`,
    description: '',
    bulletPoints: [],
    attributes: ['DUMMY_ATTR'],
    options: [],
    pricing: [10],
    priceTag: '$10.0',
    category: 'home',
    query: 'things',
    productCategory: 'Home › Things',
    mainImage: '',
    ...given,
  }
}

/** A goal for tests; what matters is given. */
export function goal(given: Partial<Goal> = {}): Goal {
  return {
    asin: 'B000000001',
    category: 'home',
    query: 'things',
    name: 'Thing',
    productCategory: 'Home › Things',
    instruction: 'i need a thing',
    attributes: ['round'],
    options: [],
    priceUpper: noPriceBound,
    weight: 1,
    ...given,
  }
}

/** A shop of the given products, with one goal. */
export function handMadeShop(products: readonly Product[], given: Partial<ShopOptions> = {}) {
  return openShop({ catalogue: memoryCatalogue(products, new Map()), goals: [goal()], ...given })
}
