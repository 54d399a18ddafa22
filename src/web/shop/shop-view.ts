import { readPage } from '../../environments/webshop/agent/read-page.ts'
import type { Product } from '../../environments/webshop/product.ts'
import type { Reward } from '../../environments/webshop/reward/reward.ts'
import type { Session } from '../../environments/webshop/session/session.ts'

export interface ViewedItem {
  asin: string
  title: string
  priceTag: string
  isVisited: boolean
}

export interface ViewedOption {
  name: string
  values: readonly string[]
  chosen: string | undefined
}

/** What a page of the shop shows, however it was come by. */
export type ShopPageView =
  | { kind: 'index' }
  | { kind: 'results'; number: number; total: number; items: readonly ViewedItem[] }
  | { kind: 'item'; title: string; priceTag: string; options: readonly ViewedOption[] }
  | { kind: 'sub'; name: string; lines: readonly string[] }
  | { kind: 'done'; lines: readonly string[]; reward?: Reward; bought?: string }
  | { kind: 'text'; text: string }

/** The page that a session is at. */
export function viewOfSession(session: Session): ShopPageView {
  const { page, visited, options } = session
  switch (page.kind) {
    case 'index':
      return { kind: 'index' }
    case 'results':
      return {
        kind: 'results',
        number: page.number,
        total: page.total,
        items: page.products.map(({ asin, title, priceTag }) => ({
          asin,
          title,
          priceTag,
          isVisited: visited.has(asin.toUpperCase()),
        })),
      }
    case 'item':
      return {
        kind: 'item',
        title: page.product.title,
        priceTag: page.product.priceTag,
        options: offers(page.product, options),
      }
    case 'sub':
      return { kind: 'sub', name: page.name, lines: session.nodes.slice(4).map(({ text }) => text.trim()) }
    case 'done':
      return { kind: 'done', lines: [], reward: page.reward, bought: page.product.title }
  }
}

function offers(product: Product, chosen: ReadonlyMap<string, string>): ViewedOption[] {
  return product.options.map(({ name, values }) => ({ name, values: [...new Set(values)], chosen: chosen.get(name) }))
}

/** The page that an agent saw, from its `text_rich` observation: nothing that it did not see. */
export function viewOfObservation(observation: string): ShopPageView {
  const page = readPage(observation)
  const tag = ([low, high]: readonly [number, number]) => (low === high ? `$${low}` : `$${low} to $${high}`)
  switch (page.kind) {
    case 'index':
      return page
    case 'results':
      return { ...page, items: page.items.map((item) => ({ ...item, priceTag: tag(item.price) })) }
    case 'item':
      return { kind: 'item', title: page.title, priceTag: tag(page.price), options: page.options }
    case 'sub':
      return { kind: 'sub', name: 'About this product', lines: page.lines.map((line) => line.trim()) }
    case 'done':
      return { kind: 'done', lines: observation.split('\n').slice(1).filter(Boolean) }
    case 'unknown':
      return { kind: 'text', text: page.text }
  }
}
