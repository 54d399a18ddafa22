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

/**
 * One row of a dataset D_i (Algorithm 1), from which every update rule makes its own: `completion` is what should have been said, `rejected`
 * what the student said, `privilegedPrompt` the prompt of somebody who sees the hidden state of the step. A demonstration has neither.
 */
export const datasetExampleSchema = sftExampleSchema.extend({
  rejected: z.string().min(1).optional(),
  privilegedPrompt: z.array(messageSchema).min(1).optional(),
})
export type DatasetExample = z.infer<typeof datasetExampleSchema>

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

/** One row for on-policy distillation: `completion` is the student's own, scored by a teacher that reads `privilegedPrompt` instead of `prompt`. */
export const distillExampleSchema = originSchema.extend({
  prompt: z.array(messageSchema).min(1),
  privilegedPrompt: z.array(messageSchema).min(1),
  completion: z.string().min(1),
})
export type DistillExample = z.infer<typeof distillExampleSchema>
