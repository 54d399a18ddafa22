import { z } from 'zod'

/** One episode's specification. Sort by `id`; an id is stable across machines (a path inside the data set, a row number). */
export const taskSchema = z.object({
  /** Unique within its environment, for example `valid_seen/pick_heat_.../trial_T2019...`. */
  id: z.string().min(1),
  environment: z.string().min(1),
  /** `train`, `valid_seen`, `valid_unseen`, `test`, ... as the domain names them. */
  split: z.string().min(1),
  /** The domain's own task type, by which tables are broken down. */
  category: z.string().min(1),
})
export type Task = z.infer<typeof taskSchema>
