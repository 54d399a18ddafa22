import { z } from 'zod'
import { parseModelName } from '../models/model-name.ts'
import { priceTableSchema } from '../models/prices/find-price.ts'

const count = z.number().int().positive()

/** A model by name, `provider:model`, possibly with the address of its server behind an `@`. */
export const modelNameSchema = z.string().superRefine((spec, context) => {
  const problem = problemOf(spec)
  if (problem !== undefined) context.addIssue({ code: 'custom', message: problem })
})

/** The model of a teacher: one by name, or the student itself. */
export const teacherModelSchema = z.string().superRefine((spec, context) => {
  const problem = spec === 'student' ? undefined : problemOf(spec)
  if (problem !== undefined) context.addIssue({ code: 'custom', message: `${problem}, or student` })
})

function problemOf(spec: string): string | undefined {
  try {
    parseModelName(spec)
    return undefined
  } catch (error) {
    return (error as Error).message.split('\n', 1)[0]!.replace(/, found .*$/, '')
  }
}

/** What holds for all models that a run asks over a network or for money. None of it determines the result, so all of it may be changed on a resume. */
export const modelsSchema = z.strictObject({
  /** Address of the API for `openai-compatible` and `leap` models whose names hold none. */
  baseUrl: z.url({ protocol: /^https?$/ }).optional(),
  /** Per provider. */
  requestsPerMinute: count.optional(),
  tokensPerMinute: count.optional(),
  /** Calls at once, per provider. */
  concurrency: count.default(32),
  /** Seconds that one attempt may take. */
  timeout: z.number().positive().default(120),
  /** Further attempts after a failure that may pass (429, 5xx, a broken connection). */
  retries: z.number().int().nonnegative().default(6),
  /** US dollars per million tokens, by model or `provider:*`; comes before the package's own table. */
  prices: priceTableSchema.default({}),
  /** US dollars that the run may spend, all sessions together. It stops before it could spend more; raise it and go on. */
  budget: z.number().nonnegative().optional(),
  /** Write the prompts beside the answers into calls.jsonl, for people. */
  keepMessages: z.boolean().default(false),
})

/** What is done about a correction that a check objects to. */
const checkSchema = z.enum(['drop', 'rewrite', 'keep', 'off'])

/** The checks on corrections; see `corrections/check-policies.ts`. */
export const checksSchema = z.strictObject({
  /** The action is possible. */
  available: checkSchema.default('drop'),
  /** The reason gives a secret away. */
  leak: checkSchema.default('drop'),
  /** The reason speaks of a hidden source. */
  mention: checkSchema.default('drop'),
  /** The student would hardly come to it by itself. */
  surprise: checkSchema.default('off'),
  /** Nats per token above which a correction is surprising. What is usual depends on the student: keep the check on `keep` for one iteration and read the table first. */
  surpriseLimit: z.number().positive().default(8),
  /** Somebody without privilege does not find it justified. */
  judge: checkSchema.default('off'),
  /** Who that is; the teacher's own model if left out. */
  judgeModel: modelNameSchema.optional(),
})

/** A prompted model in the table (ReAct). */
export const baselineSchema = z.strictObject({
  react: modelNameSchema,
  temperature: z.number().nonnegative().default(0.3),
  /** Episodes per game. With more than one a further row shows the best of them, and their transcripts are kept. */
  samples: count.default(1),
})
export type BaselineConfig = z.infer<typeof baselineSchema>
