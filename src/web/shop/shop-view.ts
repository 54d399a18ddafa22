import { z } from 'zod'
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

export interface ViewedPurchase {
  /** Title, or ASIN where nothing else was shown. */
  bought: string
  /** What was chosen, by option. */
  options: Readonly<Record<string, string>>
  /** 0 to 1. */
  score: number
}

/** What a page of the shop shows, however it was come by. */
export type ShopPageView =
  | { kind: 'index' }
  | { kind: 'results'; number: number; total: number; items: readonly ViewedItem[] }
  | { kind: 'item'; title: string; priceTag: string; options: readonly ViewedOption[] }
  | { kind: 'sub'; name: string; lines: readonly string[] }
  | { kind: 'done'; purchase: ViewedPurchase; reward?: Reward }
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
        items: page.products.map(({ asin, title, pricing }) => ({
          asin,
          title,
          priceTag: priceTagOf(pricing),
          isVisited: visited.has(asin.toUpperCase()),
        })),
      }
    case 'item':
      return {
        kind: 'item',
        title: page.product.title,
        priceTag: priceTagOf(page.product.pricing),
        options: offers(page.product, options),
      }
    case 'sub':
      return { kind: 'sub', name: page.name, lines: session.nodes.slice(4).map(({ text }) => text.trim()) }
    case 'done':
      return {
        kind: 'done',
        purchase: { bought: page.product.title, options: Object.fromEntries(options), score: page.reward.total },
        reward: page.reward,
      }
  }
}

function offers(product: Product, chosen: ReadonlyMap<string, string>): ViewedOption[] {
  return product.options.map(({ name, values }) => ({ name, values: [...new Set(values)], chosen: chosen.get(name) }))
}

/** The page that an agent saw, from its `text_rich` observation: nothing that it did not see. */
export function viewOfObservation(observation: string): ShopPageView {
  const page = readPage(observation)
  switch (page.kind) {
    case 'index':
      return page
    case 'results':
      return { ...page, items: page.items.map((item) => ({ ...item, priceTag: priceTagOf(item.price) })) }
    case 'item':
      return { kind: 'item', title: page.title, priceTag: priceTagOf(page.price), options: page.options }
    case 'sub':
      return { kind: 'sub', name: 'About this product', lines: page.lines.map((line) => line.trim()) }
    case 'done':
      return readPurchase(observation) ?? { kind: 'text', text: observation }
    case 'unknown':
      return { kind: 'text', text: page.text }
  }
}

/** What the last page of a trip tells: the ASIN, the options as JSON, and the score. */
function readPurchase(observation: string): ShopPageView | undefined {
  const lines = observation.split('\n')
  const behind = (label: string) => lines[lines.indexOf(label) + 1] ?? ''
  const score = Number.parseFloat(behind('Your score (min 0.0, max 1.0)'))
  const bought = behind('asin')
  if (Number.isNaN(score) || !lines.includes('asin')) return undefined
  try {
    return { kind: 'done', purchase: { bought, options: optionsSchema.parse(JSON.parse(behind('options'))), score } }
  } catch {
    return undefined
  }
}

const optionsSchema = z.record(z.string(), z.string())

/** `$18.00`, or `$10.99 to $11.99`. */
function priceTagOf([low = 0, high = low]: readonly number[]): string {
  const tag = (dollars: number) => `$${dollars.toFixed(2)}`
  return low === high ? tag(low) : `${tag(low)} to ${tag(high)}`
}
