import { dumpDictionary, representDictionary } from '../python/python-text.ts'
import type { Page } from './page.ts'

const base = 'http://127.0.0.1:3000'

interface UrlSource {
  readonly id: string
  readonly page: Page
  readonly keywords: readonly string[] | undefined
  readonly pageNumber: number | undefined
  readonly options: ReadonlyMap<string, string>
}

/** The address of the page as the simulated server makes it: nothing is percent-encoded, options are JSON or Python text. */
export function urlOf({ id, page, keywords = [], pageNumber, options }: UrlSource): string {
  const words = keywords.join('+')
  switch (page.kind) {
    case 'index':
      return `${base}/${id}`
    case 'results':
      return `${base}/search_results/${id}/${words}/${pageNumber}`
    case 'item':
      return `${base}/item_page/${id}/${page.product.asin}/${words}/${pageNumber}/${dumpDictionary(options)}`
    case 'sub':
      return `${base}/item_sub_page/${id}/${page.product.asin}/${words}/${pageNumber}/${page.name}/${representDictionary(options)}`
    case 'done':
      return `${base}/done/${id}/${page.product.asin}/${representDictionary(options)}`
  }
}

const kinds = ['search_results', 'item_page', 'item_sub_page', 'done'] as const

/**
 * The kind of page that the server takes an address for: the first kind whose name is anywhere in it, even in the words searched for.
 * That decides what `< prev` and `next >` do (SimServer.get_page_name).
 */
export function pageKindOf(url: string): (typeof kinds)[number] | undefined {
  return kinds.find((kind) => url.includes(kind))
}
