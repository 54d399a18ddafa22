import { z } from 'zod'
import type { Trajectory } from '../../../contracts/trajectory.ts'

const infoSchema = z.object({
  reward: z.object({
    total: z.number(),
    attributes: z.number(),
    options: z.number().optional(),
    type: z.number(),
    price: z.number(),
  }),
})

/**
 * The numbers of the paper's Figure 3: score and its parts times 100, and actions taken. An episode without a purchase counts as 0 in each, and so does the
 * option part of a goal without options (as in LEAP's notebook).
 */
export function shopMeasures({ info, steps }: Trajectory): Record<string, number> {
  const { data } = infoSchema.safeParse(info)
  const part = (value: number | undefined) => 100 * (value ?? 0)
  return {
    score: part(data?.reward.total),
    ATT: part(data?.reward.attributes),
    OPT: part(data?.reward.options),
    TYPE: part(data?.reward.type),
    PRICE: part(data?.reward.price),
    '#act': steps.length,
  }
}
