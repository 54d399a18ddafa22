import { evidenceOf } from '../../environments/webshop/agent/decide.ts'
import type { ListedItem } from '../../environments/webshop/agent/read-page.ts'
import type { Shopping } from '../../environments/webshop/agent/shopping.ts'

/** Two products whose best rewards differ by less are equally good. */
const sameWorth = 0.02

/** Results that stand this close to each other in the list look alike: the search has found them about as fitting. */
const alike = 3

/** The best product by the truth among the first that are offered to it; the first of equals. */
export function bestItem(items: readonly ListedItem[], worthOf: (item: ListedItem) => number): ListedItem | undefined {
  const likely = items.slice(0, alike)
  const best = Math.max(...likely.map(worthOf))
  return likely.find((item) => worthOf(item) >= best - sameWorth)
}

/**
 * The constrained privileged expert (paper eq. 16): the product with the largest log pi(a | s) + lambda * log pi(a | h), where pi(. | s) favours the best
 * products by one nat, and pi(. | h) is what a shopper wants who sees titles only, one nat for each word of the request in it.
 */
export function constrainedItem(
  shopping: Shopping,
  items: readonly ListedItem[],
  worthOf: (item: ListedItem) => number,
  lambda: number,
): ListedItem | undefined {
  const most = Math.max(...items.map(worthOf))
  const merit = (item: ListedItem) => Number(worthOf(item) >= most - sameWorth) + lambda * evidenceOf(shopping, item)
  return items.toSorted((a, b) => merit(b) - merit(a))[0]
}
