import type { AttributeName } from '../attributes.ts'
import type { OptionFamily } from '../options.ts'

/** A kind of goods: what its products have in common. */
export interface Kind {
  /** As requests call it, in the plural where one buys it so. */
  readonly noun: string
  /** WebShop's department. */
  readonly category: 'fashion' | 'garden' | 'beauty' | 'grocery' | 'electronics'
  /** Category path, from the department down. */
  readonly path: string
  /** A word or two that some titles add. */
  readonly extras: readonly string[]
  readonly attributes: readonly AttributeName[]
  readonly options: readonly OptionFamily[]
  /** Dollars, lowest and highest. */
  readonly prices: readonly [number, number]
}

/** A kind within its department. */
export type KindRow = [
  noun: string,
  path: string,
  extras: readonly string[],
  attributes: readonly AttributeName[],
  options: readonly OptionFamily[],
  prices: readonly [number, number],
]
