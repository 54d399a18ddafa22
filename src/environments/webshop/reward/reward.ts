import type { Goal, GoalOption } from '../goal.ts'
import type { Product } from '../product.ts'
import { representText } from '../python/python-text.ts'
import { colorOfPair, normalizeColor } from './normalize-color.ts'
import type { NounExtractor } from './nouns.ts'
import { tokenSetRatio } from './token-set-ratio.ts'
import { type TypeReward, typeReward } from './type-reward.ts'

/** What a purchase earned, and why. */
export interface Reward extends TypeReward {
  /** The reward, 0 to 1. */
  readonly total: number
  /** r_att: share of the goal's attributes that the product has. */
  readonly attributes: number
  /** r_option: share of the goal's options that were chosen; undefined if the goal has none. */
  readonly options: number | undefined
  /** r_price: the product costs no more than was asked. */
  readonly price: boolean
  readonly attributeMatches: number
  readonly optionMatches: number
  /** w_att, w_option, w_price: parts of the sum before it is multiplied by r_type. */
  readonly weights: { readonly attributes: number; readonly options: number; readonly price: number }
}

export interface Purchase {
  readonly product: Product
  /** Dollars paid. */
  readonly price: number
  /** Values of the chosen options. */
  readonly options: readonly string[]
}

/** Two texts are taken for the same above this score. */
const sameAbove = 85

/**
 * The reward of a purchase (goal.get_reward): r_type * (matched attributes + matched options + price) / (attributes + options + 1).
 * `judgeType` stands in for r_type, for logs that were made without a tagger.
 */
export function rewardOf(
  { product, price, options }: Purchase,
  goal: Goal,
  nouns: NounExtractor,
  judgeType = typeReward,
): Reward {
  const type = judgeType(product, goal, nouns)
  const attributeMatches = countAttributes(product, goal.attributes)
  const optionMatches = countOptions(options, goal.options)
  const isCheap = price <= goal.priceUpper
  const parts = goal.attributes.length + goal.options.length + 1
  return {
    ...type,
    total: ((attributeMatches + optionMatches + Number(isCheap)) / parts) * type.type,
    attributes: attributeMatches / goal.attributes.length,
    options: goal.options.length === 0 ? undefined : optionMatches / goal.options.length,
    price: isCheap,
    attributeMatches,
    optionMatches,
    weights: { attributes: goal.attributes.length / parts, options: goal.options.length / parts, price: 1 / parts },
  }
}

function countAttributes(product: Product, wanted: readonly string[]): number {
  const texts = [product.title, product.bulletPoints.join(' '), product.description].map((text) => text.toLowerCase())
  return wanted.filter(
    (attribute) =>
      product.attributes.some((own) => tokenSetRatio(own, attribute) > sameAbove) ||
      texts.some((text) => text.includes(attribute)),
  ).length
}

function countOptions(chosen: readonly string[], wanted: readonly GoalOption[]): number {
  return wanted.filter((option) => chosen.some((value) => meetsOption(value, option))).length
}

/** Whether choosing this value counts for a goal's option. */
export function meetsOption(value: string, option: GoalOption): boolean {
  return tokenSetRatio(normalizeColor(value), optionText(option)) > sameAbove
}

/** Upstream compares an option with a name as the text of a Python tuple, so that the name's words count too. */
function optionText({ name, value }: GoalOption): string {
  if (name === undefined) return normalizeColor(value)
  return colorOfPair(name, value) ?? `(${representText(name)}, ${representText(value)})`
}
