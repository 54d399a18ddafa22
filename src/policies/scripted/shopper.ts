import type { Policy } from '../../contracts/policy.ts'
import { decideShopping, firstItem, fittingItem, type ShopperRules } from '../../environments/webshop/agent/decide.ts'
import { explainShopping } from '../../environments/webshop/agent/explain.ts'
import { recallShopping } from '../../environments/webshop/agent/shopping.ts'

/** A shopper without privilege, network or key: searches with the request's words, picks a product by a rule, chooses the options that are named, buys. */
export function createShopper(name: string, rules: ShopperRules): Policy {
  return {
    name,
    async act({ instruction, history, observation }) {
      const shopping = recallShopping(instruction, history, observation)
      const action = decideShopping(shopping, rules)
      return { reason: explainShopping(shopping, action), action }
    },
  }
}

/** Takes whatever comes first. */
export const createHastyShopper = (): Policy => createShopper('hasty', { choose: firstItem, isCareful: false })

/** Takes what shares most words with the request, and leaves what is too dear. */
export const createCarefulShopper = (): Policy => createShopper('careful', { choose: fittingItem, isCareful: true })
