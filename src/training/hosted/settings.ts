import { z } from 'zod'

const count = z.number().int().positive()

/** A service that fine-tunes by OpenAI's files and jobs: OpenAI itself, Azure, Together, Fireworks, or a server of your own. */
export const hostedSchema = z.strictObject({
  /** Address of the API, up to and with its version. */
  baseUrl: z.string().regex(/^https?:\/\//, 'expected https://host/v1'),
  /** Variable of the environment with the service's key. */
  keyVariable: z.string().default('OPENAI_API_KEY'),
  /** Passes over the rows; the service chooses if left out. It is what a job has instead of a number of updates. */
  epochs: count.optional(),
  batchSize: count.optional(),
  learningRateMultiplier: z.number().positive().optional(),
  /** Part of the new model's name. Default: the policy's. */
  suffix: z.string().max(64).optional(),
  /** US dollars per million trained tokens, as the service's price list has it: the estimate before a job is made with it. */
  pricePerMillionTokens: z.number().nonnegative().optional(),
  /** US dollars that all jobs of one training may cost by the estimate; a training above it is not started. Needs the price. */
  budget: z.number().positive().optional(),
  /** Seconds between two questions how a job is going. */
  poll: z.number().positive().default(20),
})

export type HostedSettings = z.output<typeof hostedSchema>
export type HostedSettingsInput = z.input<typeof hostedSchema>
