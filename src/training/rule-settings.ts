import { z } from 'zod'

const weight = z.number().nonnegative()
const projection = z.enum(['q_proj', 'k_proj', 'v_proj', 'o_proj', 'gate_proj', 'up_proj', 'down_proj'])

/** Low-rank adaptation: trains an adapter instead of all weights. */
export const loraSchema = z.strictObject({
  rank: z.number().int().positive().default(16),
  alpha: z.number().positive().default(32),
  dropout: z.number().min(0).max(0.99).default(0),
  targetModules: z.array(projection).min(1).default(projection.options),
})

/** What each update rule has beside the optimiser's settings: the same for configurations and for trainers. */
export const ruleSettings = {
  dpo: z
    .strictObject({
      /** Strength of the pull towards the previous policy; the paper tried 0.1 and 0.01. */
      beta: z.number().positive().default(0.1),
      /** Weight of an additional loss on the corrected answers alone, nats per token. */
      sft: weight.default(0),
    })
    .prefault({}),
  kto: z
    .strictObject({
      beta: z.number().positive().default(0.1),
      /** Weight of corrected answers (the paper's lambda_D). Rows of weight 0 are left out. */
      desirable: weight.default(1),
      /** Weight of the student's own answers (lambda_U); 0, as in the paper, leaves them out. */
      undesirable: weight.default(1),
      /** Train also where all rows have one label; without it that is an error, since it is usually a fault of the data. */
      oneSided: z.boolean().default(false),
    })
    .prefault({}),
  distill: z
    .strictObject({
      /** forward: KL(teacher, student), covers what the teacher might say; reverse: KL(student, teacher), keeps to what it would; mixed: in between. */
      divergence: z.enum(['forward', 'reverse', 'mixed']).default('reverse'),
      /** Weight of the teacher in the mixture that `mixed` compares both with. */
      mixture: z.number().gt(0).lt(1).default(0.5),
      temperature: z.number().positive().default(1),
      /**
       * `previous`: the student itself, with privilege; `cloned`: one that is first trained on demonstrations with privilege; or a checkpoint folder
       * with the student's vocabulary. A trainer is given the folder in its request and does not read this.
       */
      teacher: z.string().default('cloned'),
    })
    .prefault({}),
}
