import { z } from 'zod'
import { LeapError } from '../../contracts/error.ts'
import { defaultOptimiser } from '../../transformer/train-loop.ts'
import { loraSchema, ruleSettings } from '../rule-settings.ts'

const share = z.number().min(0).max(1)

/** Settings of the local trainer. Every field has a default that suits a student of about a million parameters. */
export const localTrainingSchema = z.strictObject({
  /** Passes over the examples, each in an order of its own. Ignored where `steps` is given. */
  epochs: z.number().positive().default(1),
  /** Updates; the examples are passed over as often as it takes. */
  steps: z.number().int().positive().optional(),
  /** Token slots of one update, padding included. */
  tokensPerBatch: z.number().int().positive().default(4096),
  /** Token slots of one row; longer examples get a row of their own. */
  rowTokens: z.number().int().positive().default(512),
  /** `muon` orthogonalises the updates of matrices inside decoder layers; everything else (an adapter too) is updated by AdamW. */
  optimiser: z.enum(['adamw', 'muon']).default(defaultOptimiser.optimiser),
  /** AdamW's peak of the cosine schedule. */
  learningRate: z.number().positive().default(defaultOptimiser.learningRate),
  /** Muon's peak of the same schedule; not used by `adamw`. */
  muonLearningRate: z.number().positive().default(defaultOptimiser.muonLearningRate),
  minLearningRateShare: share.default(defaultOptimiser.minLearningRateShare),
  warmupSteps: z.number().int().nonnegative().default(defaultOptimiser.warmupSteps),
  weightDecay: z.number().nonnegative().default(defaultOptimiser.weightDecay),
  betas: z.tuple([share, share]).default([...defaultOptimiser.betas]),
  epsilon: z.number().positive().default(defaultOptimiser.epsilon),
  /** Largest gradient norm. */
  clip: z.number().positive().default(defaultOptimiser.clip),
  /** Trains an adapter instead of all weights. */
  lora: loraSchema.optional(),
  ...ruleSettings,
  /** Updates between two states saved for resuming. */
  saveEvery: z.number().int().positive().default(100),
  /** Threads; does not change the result. One per core if left out. */
  threads: z.number().int().positive().optional(),
})

export type LocalTrainingSettings = z.input<typeof localTrainingSchema>
export type ResolvedTrainingSettings = z.output<typeof localTrainingSchema>

/** Fills in defaults. Throws TRAINING_SETTINGS naming the field. */
export function resolveTrainingSettings(settings: LocalTrainingSettings): ResolvedTrainingSettings {
  const parsed = localTrainingSchema.safeParse(settings)
  if (parsed.success) return parsed.data
  throw new LeapError({
    code: 'TRAINING_SETTINGS',
    message: parsed.error.issues
      .map((issue) => `training.${issue.path.join('.') || 'settings'}: ${issue.message}`)
      .join('; '),
    remedy: `Known fields: ${Object.keys(localTrainingSchema.shape).join(', ')}.`,
  })
}
