import type { Catalogue } from './catalogue.ts'
import type { Goal } from './goal.ts'
import type { Product } from './product.ts'
import { type NounExtractor, wordNouns } from './reward/nouns.ts'
import { type Reward, rewardOf } from './reward/reward.ts'
import type { typeReward } from './reward/type-reward.ts'
import { Session } from './session/session.ts'

export interface ShopOptions {
  /** The products: `memoryCatalogue(products)` or `openStore(folder)`. */
  readonly catalogue: Catalogue
  /** In the official order; a goal's number is its place here. */
  readonly goals: readonly Goal[]
  /** Default: every word that is not on a list of other words. */
  readonly nouns?: NounExtractor
  /** Whether product pages lead to a page of attributes. Default false, as LEAP. */
  readonly showAttributes?: boolean
  /** Replaces r_type, for logs that were made without a tagger. */
  readonly judgeType?: typeof typeReward
}

/** A shop that any number of sessions can visit at a time. Holds no state of its own. */
export interface Shop {
  readonly catalogue: Catalogue
  readonly goals: readonly Goal[]
  readonly showAttributes: boolean
  /** A session at the index page. `id` is part of its URLs; default the goal's number. */
  start(goal: Goal | number, id?: string): Session
  /** What buying a product with these options earns. */
  judge(goal: Goal, product: Product, options: ReadonlyMap<string, string>): Reward
}

/** Opens a shop on products and goals. */
export function openShop({
  catalogue,
  goals,
  nouns = wordNouns,
  showAttributes = false,
  judgeType,
}: ShopOptions): Shop {
  const shop: Shop = {
    catalogue,
    goals,
    showAttributes,
    start(goal, id) {
      const index = typeof goal === 'number' ? goal : goals.indexOf(goal)
      const chosen = typeof goal === 'number' ? goals[goal] : goal
      if (chosen === undefined) throw new RangeError(`expected a goal from 0 to ${goals.length - 1}, found ${goal}`)
      return new Session(shop, chosen, id ?? String(index))
    },
    judge(goal, product, options) {
      const price = catalogue.price(catalogue.indexOf(product.asin)!)
      return rewardOf({ product, price, options: [...options.values()] }, goal, nouns, judgeType)
    },
  }
  return shop
}
