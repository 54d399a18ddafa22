import { openGeneratedShop } from '../generator/generated-shop.ts'
import { openShop, type Shop } from '../shop.ts'

let opened: Shop | undefined

/** A generated shop of 400 products, for tests. Shared: a shop has no state. */
export function smallShop(): Shop {
  return (opened ??= openShop(openGeneratedShop({ seed: 5, products: 400, requests: 2 })))
}
