import type { ChatModel } from '../../contracts/model.ts'
import { costOf } from '../prices/cost.ts'
import type { Price } from '../prices/find-price.ts'
import { type Ledger, type Phase, phaseName } from './ledger.ts'
import { wrapModel } from './wrap-model.ts'

export interface AccountingSettings {
  ledger: Ledger
  phase: Phase
  /** Undefined: nobody knows. The calls are then counted as unpriced, never as free. */
  price: Price | undefined
}

/** Writes every answered call into the ledger and its cost into the result. */
export function withAccounting(model: ChatModel, { ledger, phase, price }: AccountingSettings): ChatModel {
  return wrapModel(model, {
    async generate(request) {
      const result = await model.generate(request)
      const priced = price ? { ...result, cost: costOf(result, price) } : result
      ledger.answered(phaseName(phase), model.id, priced)
      return priced
    },
  })
}
