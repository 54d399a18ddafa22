import { z } from 'zod'
import type { Goal } from '../goal.ts'
import { readRows } from './read-rows.ts'

const goalSchema = z.object({
  idx: z.number().int().nonnegative(),
  asin: z.string(),
  category: z.string(),
  query: z.string(),
  name: z.string(),
  product_category: z.string(),
  instruction: z.string(),
  attributes: z.array(z.string()),
  goal_options: z.array(z.string()),
  price_upper_in_that_run: z.number().optional(),
})

/** Human goals by their official number, from a file of complete goals; none without a file. */
export async function humanGoalOf(path: string | undefined): Promise<(number: number) => Goal | undefined> {
  if (path === undefined) return () => undefined
  const rows = await readRows(path, goalSchema)
  const goals = new Map(rows.map(({ row }) => [row.idx, toGoal(row)]))
  return (number) => goals.get(number)
}

function toGoal(row: z.output<typeof goalSchema>): Goal {
  return {
    asin: row.asin,
    category: row.category,
    query: row.query,
    name: row.name,
    productCategory: row.product_category,
    instruction: row.instruction,
    attributes: row.attributes,
    options: row.goal_options.map((value) => ({ value })),
    priceUpper: row.price_upper_in_that_run ?? Number.POSITIVE_INFINITY,
    weight: 1,
  }
}
