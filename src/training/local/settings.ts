import { z } from 'zod'
import { LeapError } from '../../contracts/error.ts'
import { defaultOptimiser } from '../../transformer/train-loop.ts'

const share = z.number().min(0).max(1)
const projection = z.enum(['q_proj', 'k_proj', 'v_proj', 'o_proj', 'gate_proj', 'up_proj', 'down_proj'])

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
  lora: z
    .strictObject({
      rank: z.number().int().positive().default(16),
      alpha: z.number().positive().default(32),
      dropout: z.number().min(0).max(0.99).default(0),
      targetModules: z.array(projection).min(1).default(projection.options),
    })
    .optional(),
  /** Of rule dpo. */
  dpo: z
    .strictObject({
      /** How strongly the policy is held near the reference. */
      beta: z.number().positive().default(0.1),
      /** Weight of -log p(chosen), nats per token, beside the preference. */
      sft: z.number().nonnegative().default(0),
    })
    .prefault({}),
  /** Of rule kto. */
  kto: z
    .strictObject({
      beta: z.number().positive().default(0.1),
      /** Weights of rows by label. Rows of weight 0 are left out. */
      desirable: z.number().nonnegative().default(1),
      undesirable: z.number().nonnegative().default(1),
      /** Train also where all rows have one label; without it that is an error, since it is usually a fault of the data. */
      oneSided: z.boolean().default(false),
    })
    .prefault({}),
  /** Of rule distill. */
  distill: z
    .strictObject({
      divergence: z.enum(['forward', 'reverse', 'mixed']).default('reverse'),
      /** Weight of the teacher in the mixture that `mixed` compares both with. */
      mixture: z.number().gt(0).lt(1).default(0.5),
      temperature: z.number().positive().default(1),
      /** Who the teacher is; for whoever calls the trainer, which is given its folder. */
      teacher: z.string().optional(),
    })
    .prefault({}),
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
