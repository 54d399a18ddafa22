import { openedBy } from './shopping.ts'

export const shopDecisionKinds = ['search', 'open', 'option', 'buy', 'back', 'next', 'look', 'other'] as const
/** What a step of a shopper decides. */
export type ShopDecisionKind = (typeof shopDecisionKinds)[number]

const buttons: Record<string, ShopDecisionKind> = {
  'click[buy now]': 'buy',
  'click[back to search]': 'back',
  'click[< prev]': 'back',
  'click[next >]': 'next',
  'click[description]': 'look',
  'click[features]': 'look',
  'click[reviews]': 'look',
  'click[attributes]': 'look',
}

/** The kind of decision that an action is. */
export function shopKindOf(action: string): ShopDecisionKind {
  if (action.startsWith('search[')) return 'search'
  if (openedBy(action) !== undefined) return 'open'
  return buttons[action] ?? (action.startsWith('click[') ? 'option' : 'other')
}
