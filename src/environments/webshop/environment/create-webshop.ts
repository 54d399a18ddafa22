import type { Environment } from '../../../contracts/environment.ts'
import { LeapError } from '../../../contracts/error.ts'
import type { Task } from '../../../contracts/task.ts'
import { hashText } from '../../../support/hash.ts'
import { openAction } from '../agent/shopping.ts'
import type { Goal } from '../goal.ts'
import { splitNames, splitRange } from '../goals/splits.ts'
import type { LeapSessionOptions } from '../leap-session.ts'
import type { Shop } from '../shop.ts'
import { bestPurchase } from './best-purchase.ts'
import { openWebshopEpisode } from './webshop-episode.ts'

/**
 * A shop as an environment: one task per goal, in WebShop's splits (`test`, `eval`, `train`). Throws a LeapError `SPLIT_UNKNOWN` for another split and
 * `TASK_UNKNOWN` for a task of another shop.
 */
export function createWebshop(shop: Shop, options: LeapSessionOptions = {}): Environment {
  const numberOf = ({ id }: Task): number => {
    const number = Number(/^[a-z]+\/(\d+)$/.exec(id)?.[1])
    if (shop.goals[number] !== undefined) return number
    throw new LeapError({
      code: 'TASK_UNKNOWN',
      message: `Expected a task of a shop with ${shop.goals.length} goals, found ${id}.`,
      remedy: 'Give the shop with which the task was made.',
    })
  }
  const width = String(shop.goals.length).length
  return {
    name: 'webshop',
    splits: splitNames,
    async tasks(split) {
      const known = splitNames.find((name) => name === split)
      if (known === undefined)
        throw new LeapError({
          code: 'SPLIT_UNKNOWN',
          message: `unknown split "${split}" (available: ${splitNames.join(', ')})`,
        })
      const [first, end] = splitRange(known, shop.goals.length)
      return Array.from({ length: end - first }, (_, index): Task => {
        const number = first + index
        return {
          id: `${split}/${String(number).padStart(width, '0')}`,
          environment: 'webshop',
          split,
          category: shop.goals[number]!.category,
        }
      })
    },
    async contentHash(task) {
      const { asin, instruction, attributes, options: wanted, priceUpper } = shop.goals[numberOf(task)]!
      return hashText([
        asin,
        instruction,
        ...attributes,
        ...wanted.map(({ name, value }) => `${name ?? ''}=${value}`),
        String(priceUpper),
      ])
    },
    solution: async (task) => solutionOf(shop, shop.goals[numberOf(task)]!),
    open: async (task) => openWebshopEpisode(shop, numberOf(task), task, options),
    close: async () => {},
  }
}

/** The way to the product that the request was written about, found by its own title; undefined where that does not lead to it. */
function solutionOf(shop: Shop, goal: Goal): string[] | undefined {
  const index = shop.catalogue.indexOf(goal.asin)
  if (index === undefined) return undefined
  const product = shop.catalogue.product(index)
  const place = shop.catalogue.search(product.title.toLowerCase(), 50).indexOf(index)
  if (place < 0) return undefined
  const { options } = bestPurchase(shop, goal, product)
  return [
    `search[${product.title.toLowerCase()}]`,
    ...Array.from({ length: Math.floor(place / 10) }, () => 'click[next >]'),
    openAction(product.title),
    ...[...options.values()].map((value) => `click[${value}]`),
    'click[buy now]',
  ]
}
