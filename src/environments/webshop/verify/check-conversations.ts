import { z } from 'zod'
import { splitRequest, withRequest } from '../goals/request-price.ts'
import type { Shop } from '../shop.ts'
import type { CheckLog } from './check-log.ts'

export const conversationSchema = z.object({
  /** `webshop_<goal number>`. */
  item_id: z.string().regex(/^webshop_\d+$/, 'expected webshop_<goal number>'),
  conversations: z.array(z.object({ from: z.string(), value: z.string() })).min(3),
})

/** `WebShop [SEP] Instruction: [SEP] <request> [SEP] Search`. */
const opening = /^WebShop \[SEP\] Instruction: \[SEP\] (.*) \[SEP\] Search$/s

/** Replays a conversation with the environment in mode `text`. Returns how many observations were compared. */
export function checkConversation(
  { item_id, conversations }: z.output<typeof conversationSchema>,
  shop: Shop,
  where: string,
  log: CheckLog,
): number {
  const number = Number(item_id.slice('webshop_'.length))
  // The first two turns explain the task.
  const turns = conversations.slice(2)
  const request = opening.exec(turns[0]!.value)?.[1]
  const goal = shop.goals[number]
  if (request === undefined || goal === undefined) {
    const [expected, found] = goal === undefined ? [`goal ${number}`, 'none'] : ['a search page', turns[0]!.value]
    log.add({ where, what: 'opening', expected, found })
    return 0
  }
  log.compare(where, `request of goal ${number}`, splitRequest(request).words, splitRequest(goal.instruction).words)
  const session = shop.start(withRequest(goal, request), String(number))
  let compared = 0
  let after = 'the reset'
  for (const { from, value } of turns) {
    if (from !== 'human') {
      const action = value.slice(value.lastIndexOf('Action:') + 'Action:'.length).trim()
      session.step(action)
      after = JSON.stringify(action)
      continue
    }
    log.compare(where, `observation after ${after}`, value, session.observe('text'))
    compared++
  }
  return compared
}
