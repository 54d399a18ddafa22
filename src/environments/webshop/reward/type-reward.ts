import type { Goal } from '../goal.ts'
import type { Product } from '../product.ts'
import { strip } from '../python/python-text.ts'
import type { NounExtractor } from './nouns.ts'

/** Whether the right kind of product was bought. */
export interface TypeReward {
  /** r_type: 1, 0.5, 0.1 or 0. The whole reward is multiplied by it. */
  readonly type: number
  readonly queryMatch: boolean
  /** Two parts of the category path are the same. */
  readonly categoryMatch: boolean
  /** Share of the nouns in the goal's title that the bought title has. */
  readonly titleScore: number
}

/** r_type and what it comes from (goal.get_type_reward). */
export function typeReward(product: Product, goal: Goal, nouns: NounExtractor): TypeReward {
  const queryMatch = product.query === goal.query
  const goalParts = categoryParts(goal.productCategory)
  const categoryMatch = countCommon(categoryParts(product.productCategory), goalParts) >= 2
  const score = titleScore(nouns(goal.name), nouns(product.title))
  return { type: judgeType(queryMatch || categoryMatch, score), queryMatch, categoryMatch, titleScore: score }
}

/** Share of the wanted nouns that were bought; repeats of a wanted noun count in the whole only. 0.2 if none is wanted. */
export function titleScore(wanted: readonly string[], bought: readonly string[]): number {
  return wanted.length === 0 ? 0.2 : countCommon(new Set(bought), new Set(wanted)) / wanted.length
}

/** r_type. A title without a common noun outweighs a match of query or category. */
export function judgeType(isMatch: boolean, score: number): number {
  if (score === 0) return 0
  if (score < 0.1) return 0.1
  return isMatch || score > 0.2 ? 1 : 0.5
}

const categoryParts = (path: string) => new Set(path.split('›').map(strip))

const countCommon = (a: ReadonlySet<string>, b: ReadonlySet<string>) => [...a].filter((item) => b.has(item)).length
