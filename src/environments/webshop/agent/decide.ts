import type { ListedItem } from './read-page.ts'
import { commonWords, namedValue, openAction, type Shopping } from './shopping.ts'

/** Which of the listed products a shopper opens; undefined: none of them. */
export type ItemRule = (shopping: Shopping, items: readonly ListedItem[]) => ListedItem | undefined

export interface ShopperRules {
  choose: ItemRule
  /** Leaves products that are too dear, and looks at several before it settles. */
  isCareful: boolean
}

/** Opens whatever comes first. */
export const firstItem: ItemRule = ({ opened }, items) =>
  items.find(({ title }) => !opened.includes(title.toLowerCase())) ?? items[0]

/** Opens what shares most words with the request and is not too dear; the first of equals. */
export const fittingItem: ItemRule = (shopping, items) => {
  const { opened, request } = shopping
  const fits = items.filter(
    ({ title, price }) => price[0] <= (request.priceUpper ?? Infinity) && !opened.includes(title.toLowerCase()),
  )
  return fits.toSorted((a, b) => evidenceOf(shopping, b) - evidenceOf(shopping, a))[0]
}

/** How many words of the request a listed title has. */
export function evidenceOf({ request }: Shopping, { title }: ListedItem): number {
  return commonWords(request, title).length
}

/** The page of results behind which a careful shopper does not look. */
const lastPage = 2

/** What a shopper without privilege does next. */
export function decideShopping(shopping: Shopping, { choose, isCareful }: ShopperRules): string {
  const { page, request, opened, actions } = shopping
  switch (page.kind) {
    case 'index':
      return `search[${searchWords(shopping)}]`
    case 'results': {
      const item = choose(shopping, page.items)
      if (item !== undefined) return openAction(item.title)
      return page.total > 10 * page.number && page.number < lastPage ? 'click[next >]' : 'click[back to search]'
    }
    case 'item': {
      const isDear = page.price[0] > (request.priceUpper ?? Infinity)
      if (isCareful && isDear && opened.length < 4 && actions < 12) return 'click[< prev]'
      return nextOption(shopping) ?? 'click[buy now]'
    }
    case 'sub':
      return 'click[< prev]'
    default:
      return 'finish'
  }
}

/** The click on the next option value that the request names and that is not chosen yet. */
export function nextOption({ page, request }: Shopping): string | undefined {
  if (page.kind !== 'item') return undefined
  for (const option of page.options) {
    const value = namedValue(request, option)
    if (value !== undefined && option.chosen !== value) return `click[${value}]`
  }
  return undefined
}

/** All words of the request that can describe goods; after a search that led to nothing, fewer of them. */
export function searchWords({ request: { words }, searches }: Pick<Shopping, 'request' | 'searches'>): string {
  const kept = words.slice(0, Math.max(3, words.length - 2 * searches.length))
  return (kept.length > 0 ? kept : ['gift']).join(' ')
}
