import type { Product } from '../product.ts'
import type { Reward } from '../reward/reward.ts'

/** What a product's page leads to. */
export const subPages = ['Description', 'Features', 'Reviews', 'Attributes'] as const
export type SubPage = (typeof subPages)[number]

/** What is on the screen. */
export type Page =
  | { readonly kind: 'index' }
  | {
      readonly kind: 'results'
      readonly keywords: readonly string[]
      /** From 1. */
      readonly number: number
      /** Hits on all pages. */
      readonly total: number
      /** At most 10. */
      readonly products: readonly Product[]
    }
  | { readonly kind: 'item'; readonly product: Product }
  | { readonly kind: 'sub'; readonly product: Product; readonly name: SubPage }
  | { readonly kind: 'done'; readonly product: Product; readonly reward: Reward }
