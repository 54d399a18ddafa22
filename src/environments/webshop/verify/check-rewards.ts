import { z } from 'zod'
import type { Catalogue } from '../catalogue.ts'
import type { Goal } from '../goal.ts'
import { rewardOf } from '../reward/reward.ts'
import type { CheckLog } from './check-log.ts'
import { fullType } from './full-type.ts'
import { readRows } from './read-rows.ts'

const rewardSchema = z.object({
  goal_idx: z.number().int().nonnegative(),
  asin: z.string(),
  options: z.record(z.string(), z.string()),
  num_attr: z.number(),
  num_option: z.number(),
  r_price: z.boolean(),
  reward_if_r_type_1: z.number(),
  r_att: z.number(),
  r_option: z.number().nullish(),
  w_att: z.number(),
  w_option: z.number().nullish(),
  w_price: z.number(),
  query_match: z.boolean(),
  category_match: z.boolean(),
})

/** Parts of rewards, r_type taken for 1: `{goal_idx, asin, options, num_attr, ...}` a line. Returns how many were compared. */
export async function checkRewards(
  path: string,
  catalogue: Catalogue,
  goals: readonly Goal[],
  log: CheckLog,
): Promise<number> {
  const rows = await readRows(path, rewardSchema)
  for (const { row, where } of rows) {
    const goal = goals[row.goal_idx]
    const index = catalogue.indexOf(row.asin)
    if (goal === undefined || index === undefined) {
      const expected = goal === undefined ? `goal ${row.goal_idx}` : `product ${row.asin}`
      log.add({ where, what: 'data', expected, found: 'none' })
      continue
    }
    const options = Object.values(row.options)
    const purchase = { product: catalogue.product(index), price: catalogue.price(index), options }
    const reward = rewardOf(purchase, goal, () => [], fullType)
    const { goal_idx: _, asin: __, options: ___, ...expected } = row
    const hasOptions = reward.options !== undefined
    log.compare(
      where,
      `reward of goal ${row.goal_idx} for ${row.asin}`,
      sortKeys({ r_option: null, w_option: null, ...expected }),
      {
        category_match: reward.categoryMatch,
        num_attr: reward.attributeMatches,
        num_option: reward.optionMatches,
        query_match: reward.queryMatch,
        r_att: reward.attributes,
        r_option: reward.options ?? null,
        r_price: reward.price,
        reward_if_r_type_1: reward.total,
        w_att: reward.weights.attributes,
        w_option: hasOptions ? reward.weights.options : null,
        w_price: reward.weights.price,
      },
    )
  }
  return rows.length
}

const sortKeys = (row: object) => Object.fromEntries(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1)))
