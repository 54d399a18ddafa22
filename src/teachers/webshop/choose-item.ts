import { evidenceOf } from '../../environments/webshop/agent/decide.ts'
import type { ListedItem } from '../../environments/webshop/agent/read-page.ts'
import type { Shopping } from '../../environments/webshop/agent/shopping.ts'

/** Two products whose best rewards differ by less are equally good. */
const sameWorth = 0.02

/** The best product of a page by the truth; of equals the one whose title shows it best, so that a student can see why. */
export function bestItem(
  shopping: Shopping,
  items: readonly ListedItem[],
  worthOf: (item: ListedItem) => number,
): ListedItem | undefined {
  const most = Math.max(...items.map(worthOf))
  return items
    .filter((item) => worthOf(item) >= most - sameWorth)
    .toSorted((a, b) => evidenceOf(shopping, b) - evidenceOf(shopping, a))[0]
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
