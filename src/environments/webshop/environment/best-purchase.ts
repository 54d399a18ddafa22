import type { Goal } from '../goal.ts'
import type { Product } from '../product.ts'
import type { Reward } from '../reward/reward.ts'
import { tokenSetRatio } from '../reward/token-set-ratio.ts'
import type { Shop } from '../shop.ts'

/** The best that can be made of a product. */
export interface Purchase {
  /** Option name -> value. */
  options: ReadonlyMap<string, string>
  reward: Reward
}

/** What a product earns with the options that suit the goal best. Each wanted option takes the value most like it among options not yet taken. */
export function bestPurchase(shop: Shop, goal: Goal, product: Product): Purchase {
  const options = new Map<string, string>()
  for (const { name, value: wanted } of goal.options) {
    const offers = product.options
      .filter((option) => !options.has(option.name) && (name === undefined || option.name === name))
      .flatMap((option) => option.values.map((value) => ({ name: option.name, value, score: likeness(value, wanted) })))
    const best = offers.sort((a, b) => b.score - a.score)[0]
    if (best !== undefined && best.score > 50) options.set(best.name, best.value)
  }
  return { options, reward: shop.judge(goal, product, options) }
}

function likeness(value: string, wanted: string): number {
  return value === wanted ? 101 : tokenSetRatio(value, wanted)
}
