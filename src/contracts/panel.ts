import { z } from 'zod'

/** A frozen list of tasks. Every number that Leap reports names its panel, so that two numbers can be told to be comparable. */
export const panelSchema = z.object({
  name: z.string().min(1),
  environment: z.string().min(1),
  taskIds: z.array(z.string().min(1)).min(1),
  /** First 12 hex digits of the SHA-256 over the environment's name, the task ids in order and the tasks' own content hashes. */
  hash: z.string().regex(/^[0-9a-f]{12}$/),
})
export type Panel = z.infer<typeof panelSchema>
