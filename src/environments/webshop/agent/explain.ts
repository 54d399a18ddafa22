import { commonWords, namedValue, openedBy, type Shopping } from './shopping.ts'

/** A reason for an action in the first person, from what the shopper has seen (paper E.2.3). Names nothing that was not seen. */
export function explainShopping(shopping: Shopping, action: string): string {
  const { page, request } = shopping
  if (action.startsWith('search['))
    return shopping.searches.length === 0 ? 'I search for what is asked.' : 'I try again with fewer words.'
  const title = openedBy(action)
  if (title !== undefined) return explainOpening(shopping, title)
  if (action === 'click[buy now]') return 'It has what is asked. I buy it.'
  if (action === 'click[next >]') return 'None of these fits. I look further.'
  if (action === 'click[back to search]') return 'These do not fit. I search again.'
  if (action === 'click[< prev]') return explainLeaving(shopping)
  if (page.kind === 'item') {
    const value = /^click\[(.*)\]$/s.exec(action)?.[1] ?? ''
    const option = page.options.find(({ values }) => values.includes(value))
    if (option === undefined) return 'I read more about it.'
    return namedValue(request, option) === value
      ? `They ask for ${value}.`
      : `I choose the ${option.name} closest to the request.`
  }
  return 'I look around.'
}

function explainOpening({ request }: Shopping, title: string): string {
  const shared = commonWords(request, title)
  return shared.length === 0 ? 'I look at this one.' : `I see ${shared.join(' ')}.`
}

function explainLeaving({ page, request, itemText }: Shopping): string {
  if (page.kind === 'sub') return 'I have read it.'
  if (page.kind !== 'item') return 'I go back.'
  if (page.price[0] > (request.priceUpper ?? Infinity)) return 'It costs too much.'
  const missing = request.words.filter((word) => !itemText.includes(word))
  return missing.length === 0 ? 'Another one may fit better.' : `It does not say ${missing.slice(0, 2).join(' or ')}.`
}
