import { meetsOption } from '../reward/reward.ts'
import { holdsPhrase, type ShopRequest, wordsOf } from './read-request.ts'
import { namedValue, type Shopping } from './shopping.ts'

/** An option that a request asks for, and what a product's page offers for it. */
export interface WantedOption {
  /** As the request says it. */
  readonly text: string
  /** The value on the page that meets it; undefined where the page has none. */
  readonly offered: string | undefined
  readonly isChosen: boolean
}

/** Without privilege only those that the open page has can be told: values of its options that the request names, in the request's order. */
export function namedOptions({ page, request }: Shopping): WantedOption[] {
  if (page.kind !== 'item') return []
  return inOrder(
    request,
    page.options.flatMap((option) => {
      const value = namedValue(request, option)
      return value === undefined ? [] : [{ text: value, offered: value, isChosen: option.chosen === value }]
    }),
  )
}

/**
 * What somebody knows who is told the options: those that the request says word for word, with what the page offers for each. `needed` are the page's
 * values that come closest: they count where the reward takes them for the same.
 */
export function toldOptions(
  { page, request }: Shopping,
  options: readonly string[],
  needed: Readonly<Record<string, string>>,
): WantedOption[] {
  if (page.kind !== 'item') return []
  const shown = page.options.flatMap(({ values, chosen }) =>
    values.map((value) => ({ value, isChosen: chosen === value })),
  )
  const told = options.filter((text) => holdsPhrase(request.text, text))
  const alike = Object.values(needed)
  return inOrder(
    request,
    told.map((text) => {
      const found =
        shown.find(({ value }) => value === text) ??
        shown.find(({ value }) => alike.includes(value) && meetsOption(value, { value: text }))
      return { text, offered: found?.value, isChosen: found?.isChosen ?? false }
    }),
  )
}

/** As the request names them, so that a reader of it meets them in this order. */
function inOrder({ text }: ShopRequest, wanted: readonly WantedOption[]): WantedOption[] {
  const words = ` ${wordsOf(text).join(' ')} `
  const place = (one: WantedOption) => words.indexOf(` ${wordsOf(one.text).join(' ')} `)
  return wanted.toSorted((a, b) => place(a) - place(b))
}
