import type { ChatModel } from '../../contracts/model.ts'
import { wrapModel } from './wrap-model.ts'

/**
 * Lets a call that has begun come to its end whoever stops waiting: it will be paid for, so its answer shall reach the journal. A call that has
 * not begun is not made. Put it right round the time-out.
 */
export function letFinish(model: ChatModel): ChatModel {
  return wrapModel(model, {
    async generate({ signal, ...request }) {
      signal?.throwIfAborted()
      return model.generate(request)
    },
  })
}
