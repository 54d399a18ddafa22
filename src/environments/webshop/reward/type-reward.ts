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
  const wanted = nouns(goal.name)
  const bought = new Set(nouns(product.title))
  const titleScore = wanted.length === 0 ? 0.2 : countCommon(bought, new Set(wanted)) / wanted.length
  return { type: judge(queryMatch || categoryMatch, titleScore), queryMatch, categoryMatch, titleScore }
}

/** A title without a common noun outweighs a match of query or category. */
function judge(isMatch: boolean, titleScore: number): number {
  if (titleScore === 0) return 0
  if (titleScore < 0.1) return 0.1
  return isMatch || titleScore > 0.2 ? 1 : 0.5
}

const categoryParts = (path: string) => new Set(path.split('›').map(strip))

const countCommon = (a: ReadonlySet<string>, b: ReadonlySet<string>) => [...a].filter((item) => b.has(item)).length
