import { z } from 'zod'

const messageSchema = z.object({ role: z.enum(['system', 'user', 'assistant']), content: z.string() })

/** Where a row comes from; kept so that data can be balanced, counted and traced back. */
const originSchema = z.object({
  trajectoryId: z.string(),
  step: z.number().int().nonnegative(),
  /** `demonstration` for D, `correction` for D_i. */
  source: z.enum(['demonstration', 'correction']),
  /** 0 = demonstrations, i = corrections of iteration i. */
  iteration: z.number().int().nonnegative(),
  kind: z.string().optional(),
})

/** One row for supervised fine-tuning: loss on the completion only. */
export const sftExampleSchema = originSchema.extend({
  prompt: z.array(messageSchema).min(1),
  completion: z.string().min(1),
})
export type SftExample = z.infer<typeof sftExampleSchema>

/** One row for DPO: `rejected` is what the student said. */
export const dpoExampleSchema = originSchema.extend({
  prompt: z.array(messageSchema).min(1),
  chosen: z.string().min(1),
  rejected: z.string().min(1),
})
export type DpoExample = z.infer<typeof dpoExampleSchema>

/** One row for KTO: unpaired, with a label. */
export const ktoExampleSchema = originSchema.extend({
  prompt: z.array(messageSchema).min(1),
  completion: z.string().min(1),
  label: z.boolean(),
})
export type KtoExample = z.infer<typeof ktoExampleSchema>
