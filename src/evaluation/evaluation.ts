import { z } from 'zod'
import { outcomeSchema } from '../contracts/trajectory.ts'

const proportionSchema = z.object({ rate: z.number(), low: z.number(), high: z.number() })

const actionsSchema = z.object({
  /** Mean over all counted episodes; a failure counts as the limit, as in the paper's column #act. */
  mean: z.number(),
  /** 95 % interval of the mean (normal approximation, clustered by task). */
  low: z.number(),
  high: z.number(),
  /** Mean over the successes alone; absent where there are none. */
  meanOfSuccesses: z.number().optional(),
  /** The step limit, which is what a failure counts as. */
  limit: z.number().int().positive(),
})

const measureSchema = z.object({
  mean: z.number(),
  /** 95 % interval of the mean (normal approximation, clustered by task). */
  low: z.number(),
  high: z.number(),
})
export type Measure = z.infer<typeof measureSchema>

const groupSchema = z.object({
  /** Episodes that count: void ones are not among them. */
  episodes: z.number().int().nonnegative(),
  voids: z.number().int().nonnegative(),
  /** Share of the counted episodes that succeeded, with its 95 % Wilson interval. */
  success: proportionSchema,
  actions: actionsSchema,
  /** The domain's own numbers (score x 100, ...), in the order of their columns. */
  measures: z.record(z.string(), measureSchema).optional(),
})
export type EvaluationGroup = z.infer<typeof groupSchema>

const behaviourSchema = z.object({
  /** Share of all actions that the domain did not list as possible. */
  inadmissible: z.number(),
  /** Share of actions that repeat an earlier action of the episode under the same observation. */
  repeated: z.number(),
  /** Share of visits while searching that went to a place visited before; absent where the domain does not tell places. */
  revisits: z.number().optional(),
})
export type Behaviour = z.infer<typeof behaviourSchema>

/** How one policy did on one panel: everything that a table, a comparison or the selection of the best policy needs. */
export const evaluationSchema = groupSchema.extend({
  policy: z.string().min(1),
  panel: z.object({ name: z.string().min(1), hash: z.string().regex(/^[0-9a-f]{12}$/) }),
  /** Keyed by the tasks' category, in alphabetical order. */
  byCategory: z.record(z.string(), groupSchema),
  behaviour: behaviourSchema,
  /** The measure by which policies are selected; absent where it is success. */
  criterion: z.string().optional(),
  /** One row per episode, sorted by task and sample. What pairs two policies. */
  results: z.array(
    z.object({
      taskId: z.string(),
      sample: z.number().int().nonnegative(),
      category: z.string(),
      outcome: outcomeSchema,
      /** Actions taken. */
      actions: z.number().int().nonnegative(),
      score: z.number(),
      measures: z.record(z.string(), z.number()).optional(),
    }),
  ),
})
export type Evaluation = z.infer<typeof evaluationSchema>
