import type { ChatModel } from '../../contracts/model.ts'
import { ModelError } from '../model-error.ts'
import { costOf, mostCost } from '../prices/cost.ts'
import type { Price } from '../prices/find-price.ts'
import type { Budget } from './budget.ts'
import { wrapModel } from './wrap-model.ts'

export interface BudgetSettings {
  budget: Budget
  price: Price
  /** Told about a call without an answer that may have been billed, at most so many US dollars. */
  onLost?: (cost: number) => void
}

/**
 * Sets the worst case of each call aside before it is made, and counts the real cost after it. A call that failed costs nothing, unless the
 * provider may have worked on it (a time-out, a cut connection): that counts as the worst case, so that the cap holds.
 */
export function withBudget(model: ChatModel, { budget, price, onLost }: BudgetSettings): ChatModel {
  return wrapModel(model, {
    async generate(request) {
      const most = mostCost(request, price)
      const reservation = await budget.reserve(most, request.signal)
      try {
        const result = await model.generate(request)
        reservation.settle(result.cost ?? costOf(result, price))
        return result
      } catch (error) {
        const lost = !ModelError.is(error) || error.maybeBilled ? most : 0
        reservation.settle(lost)
        if (lost > 0) onLost?.(lost)
        throw error
      }
    },
  })
}
