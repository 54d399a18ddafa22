import { wordsOf } from './read-request.ts'
import { openedBy, type Shopping } from './shopping.ts'
import { namedOptions, type WantedOption } from './wanted.ts'

/** Actions after which there is no time to look at another product: of fifteen, five are left for the options and the purchase. */
export const lateAfter = 10

/**
 * A reason for an action in the first person, from what the shopper has seen (paper E.2.3): what the page shows before what follows from it, so that who sees the
 * same arrives at the same action. Names nothing that was not seen. `wanted`: the options that are asked for, as far as they are
 * known; those that the page offers unless given.
 */
export function explainShopping(
  shopping: Shopping,
  action: string,
  wanted: readonly WantedOption[] = namedOptions(shopping),
): string {
  const { page } = shopping
  if (action.startsWith('search['))
    return shopping.searches.length === 0 ? 'I search for what is asked.' : 'I try again with fewer words.'
  const title = openedBy(action)
  if (title !== undefined) return explainOpening(shopping, title)
  if (action === 'click[next >]') return 'None of these fits. I look further.'
  if (action === 'click[back to search]') return 'These do not fit. I search again.'
  if (page.kind === 'sub') return action === 'click[< prev]' ? 'I have read it.' : 'I look around.'
  if (page.kind !== 'item') return action === 'click[< prev]' ? 'I go back.' : 'I look around.'
  return explainAtProduct(shopping, page.options, action, wanted)
}

function explainOpening({ page, opened }: Shopping, title: string): string {
  const place = page.kind === 'results' ? page.items.findIndex((item) => item.title.toLowerCase() === title) : -1
  if (place < 0) return 'I look at this one.'
  return opened.includes(title) ? `I look at ${place + 1} again.` : `I have not seen ${place + 1}.`
}

function explainAtProduct(
  shopping: Shopping,
  options: readonly { name: string; values: readonly string[] }[],
  action: string,
  wanted: readonly WantedOption[],
): string {
  const missing = wanted.find(({ offered }) => offered === undefined)
  const isDear = isTooDear(shopping)
  if (action === 'click[< prev]') {
    if (isDear) return 'It costs too much.'
    if (missing) return `They want ${missing.text}. It is missing.`
    const unsaid = unsaidWords(shopping)
    return unsaid.length === 0 ? 'Another one may fit better.' : `It does not say ${unsaid.slice(0, 2).join(' or ')}.`
  }
  const hurry = shopping.actions >= lateAfter && (isDear || missing) ? 'It is late. ' : ''
  return `${hurry}${explainStaying(options, action, wanted)}`
}

function explainStaying(
  options: readonly { name: string; values: readonly string[] }[],
  action: string,
  wanted: readonly WantedOption[],
): string {
  if (action === 'click[buy now]') return 'I have what they want. I buy it.'
  const value = /^click\[(.*)\]$/s.exec(action)?.[1] ?? ''
  const option = options.find(({ values }) => values.includes(value))
  if (option === undefined) return 'I read more about it.'
  const met = wanted.find(({ offered }) => offered === value)
  if (met === undefined) return `I choose the ${option.name} closest to the request.`
  return `They want ${met.text}. ${met.text === value ? 'It' : value} is ${option.values.indexOf(value) + 1}.`
}

/** Words of the request that neither the title nor an option of the open product shows. */
export function unsaidWords({ page, request }: Shopping): string[] {
  if (page.kind !== 'item') return []
  const shown = new Set([page.title, ...page.options.flatMap(({ values }) => values)].flatMap(wordsOf))
  return request.words.filter((word) => !shown.has(word))
}

/** True where the page of a product shows a price above the request's bound. */
export function isTooDear({ page, request }: Shopping): boolean {
  return page.kind === 'item' && page.price[0] > (request.priceUpper ?? Number.POSITIVE_INFINITY)
}
