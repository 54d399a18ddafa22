import type { ChatModel } from '../../contracts/model.ts'
import type { ModelEvent } from '../equip-model.ts'
import { builtInPrices } from '../prices/find-price.ts'
import { wrapModel } from './wrap-model.ts'

export interface NoticeSettings {
  onEvent: ((event: ModelEvent) => void) | undefined
  /** Whether the model's price is known. */
  priced: boolean
}

/** Says once what the model does not honour, and once that its price is not known. */
export function withNotices(model: ChatModel, { onEvent, priced }: NoticeSettings): ChatModel {
  if (!onEvent) return model
  const { id } = model
  const said = new Set<string>()
  return wrapModel(model, {
    async generate(request) {
      const result = await model.generate(request)
      if (!priced && !said.has('price')) {
        said.add('price')
        const message = `${id}: nobody told its price, and the table of ${builtInPrices.asOf} does not list it. Its tokens are counted, its cost is not: it is unknown, not zero.`
        onEvent({ kind: 'price-unknown', model: id, message })
      }
      for (const setting of result.ignored ?? []) {
        if (said.has(setting)) continue
        said.add(setting)
        onEvent({ kind: 'ignored', model: id, setting, message: `${id} does not honour "${setting}".` })
      }
      return result
    },
  })
}
