import { readPage, type SeenPage, type ShownOption } from './read-page.ts'
import { holdsPhrase, readRequest, type ShopRequest, wordsOf as splitWords } from './read-request.ts'

/** A page that was seen, and what was done there. */
export interface ShopMoment {
  readonly observation: string
  readonly action: string
}

/** What a shopper can know at one moment of an episode. */
export interface Shopping {
  readonly request: ShopRequest
  readonly page: SeenPage
  /** Words of earlier searches, oldest first. */
  readonly searches: readonly string[]
  /** Lower-case titles of the products opened so far, in order, each once. */
  readonly opened: readonly string[]
  /** Title of the open product where a page of its is shown. */
  readonly item: string | undefined
  /** Title and all texts seen of the open product, lower-case. */
  readonly itemText: string
  /** Actions so far. */
  readonly actions: number
  /** Result pages seen since the last search, this one included. */
  readonly pagesSeen: number
}

/** Reads the past of an episode. Pure: the same history gives the same knowledge. */
export function recallShopping(instruction: string, history: readonly ShopMoment[], observation: string): Shopping {
  const searches: string[] = []
  const opened: string[] = []
  let item: string | undefined
  let itemText = ''
  let pagesSeen = 0
  const look = (page: SeenPage) => {
    if (page.kind === 'results') pagesSeen = Math.max(pagesSeen, page.number)
    if (page.kind === 'item') {
      if (page.title.toLowerCase() !== item) itemText = ''
      item = page.title.toLowerCase()
      if (!opened.includes(item)) opened.push(item)
      itemText += `\n${item}\n${page.options.flatMap(({ values }) => values).join('\n')}`
    } else if (page.kind === 'sub') itemText += `\n${page.lines.join('\n').toLowerCase()}`
    else {
      item = undefined
      itemText = ''
    }
  }
  for (const { observation: seen, action } of history) {
    look(readPage(seen))
    const words = /^search\[(.*)\]/.exec(action)?.[1]
    if (words === undefined) continue
    searches.push(words.trim())
    pagesSeen = 0
  }
  const page = readPage(observation)
  look(page)
  const request = readRequest(instruction)
  return { request, page, searches, opened, item, itemText, actions: history.length, pagesSeen }
}

/** Words of the request that a text has, in the request's order. */
export function commonWords({ words }: ShopRequest, text: string): string[] {
  const own = new Set(splitWords(text))
  return words.filter((word) => own.has(word))
}

/** The value of an option that the request names, the longest if several; undefined if it names none. */
export function namedValue({ text }: ShopRequest, { values }: ShownOption): string | undefined {
  return values.filter((value) => holdsPhrase(text, value)).sort((a, b) => b.length - a.length)[0]
}

/** The click that opens a listed product. */
export const openAction = (title: string) => `click[item - ${title.toLowerCase()}]`

/** Lower-case title of the product that an action opens. */
export function openedBy(action: string): string | undefined {
  return /^click\[item - (.*)\]$/s.exec(action)?.[1]
}
