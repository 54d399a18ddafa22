import { z } from 'zod'

const count = z.number().int().positive()
const share = z.number().min(0).max(1)

const optimiserSchema = z.strictObject({
  /** Optimiser steps. Controls get as many, which is why it is a count and not epochs. */
  updates: count,
  /** Tokens per optimiser step, padding not counted. */
  tokensPerBatch: count.default(4096),
  /** Peak of the cosine schedule. */
  learningRate: z.number().positive(),
  warmupSteps: z.number().int().nonnegative().default(20),
  weightDecay: z.number().nonnegative().default(0.05),
  /** `muon` for the matrices inside decoder layers (Jordan et al. 2024): fewer updates than AdamW for a small student. */
  optimiser: z.enum(['adamw', 'muon']).default('adamw'),
  /** Peak learning rate of those matrices. */
  muonLearningRate: z.number().positive().default(0.01),
})

/** Everything that a run is determined by. `leap run --print-config` writes it as YAML. */
export const configSchema = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'use lower-case letters, digits and dashes'),
  seed: z.number().int().nonnegative().default(1),
  environment: z
    .strictObject({
      /** A domain that comes with Leap (available: alfworld), or the path of a module that exports `createDomain`. */
      name: z.string().default('alfworld'),
      /** Folder, game file or archive of official games. Absent: games generated from the seed. */
      games: z.string().optional(),
      /** `2.1.1` derives the old wording (`put X in/on Y`, `You arrive at loc 7.`) from newer files. */
      text: z.enum(['as-is', '2.1.1']).default('as-is'),
      /** Generated games per split. */
      generated: z
        .strictObject({
          train: count.default(3000),
          valid_seen: count.default(600),
          valid_unseen: count.default(600),
        })
        .prefault({}),
    })
    .prefault({}),
  /** Actions an episode may take (paper: 30 on ALFWorld). */
  maxSteps: count.default(30),
  demonstrations: z.strictObject({
    games: count,
    /** `solution` plays the stored walkthroughs; a scripted agent of the domain (household: explorer, systematic, informed) gives what it solves. */
    by: z.string().default('solution'),
  }),
  student: z
    .strictObject({
      /** `household-base` (comes with Leap) or a checkpoint folder in Hugging Face layout. Absent: random weights of the size below. */
      checkpoint: z.string().optional(),
      hiddenSize: count.default(128),
      layers: count.default(4),
      heads: count.default(4),
      feedForwardSize: count.default(256),
      vocabulary: count.default(1000),
    })
    .prefault({}),
  teacher: z
    .strictObject({
      name: z.literal('planner').default('planner'),
      /** Use of privilege, 1 (none) to 5 (reason gives the secret away); paper section 4.5. */
      level: z.literal([1, 2, 3, 4, 5]).default(3),
      /** Weight of realizability in eq. 16; level 2 only. */
      lambda: z.number().nonnegative().default(1),
    })
    .prefault({}),
  iterations: z.number().int().nonnegative(),
  rollouts: z.strictObject({
    /** Fresh training games per iteration. */
    games: count,
    temperature: z.number().nonnegative().default(0.5),
    concurrency: count.default(128),
    /** Probability that the teacher acts at a step, per iteration (the last value holds on); [0] is the paper. */
    mix: z.array(share).min(1).default([0]),
  }),
  corrections: z
    .strictObject({
      /** Which trajectories the teacher corrects; the paper: failed ones. */
      on: z.enum(['failed', 'all']).default('failed'),
      /** Tell a leaking correction from a clean one, and keep it out. */
      dropLeaks: z.boolean().default(true),
      dropLoops: z.boolean().default(true),
      perTrajectory: count.optional(),
      perKind: z.record(z.string(), count).default({}),
    })
    .prefault({}),
  training: z.strictObject({
    cloning: optimiserSchema,
    iteration: optimiserSchema.extend({
      /** pi_i starts from pi_{i-1} or from the untrained student. */
      from: z.enum(['previous', 'base']).default('previous'),
    }),
    /** Walks of pretraining text (general skills, no task) mixed into every training, so that a small base does not forget them. 0: none. */
    replayWalks: z.number().int().nonnegative().default(0),
    /** Share of games whose rows are never trained on; their loss tells whether labels transfer. */
    heldOut: share.default(0.05),
  }),
  evaluation: z
    .strictObject({
      /** Games per reported panel (`valid_seen`, `valid_unseen`); all there are if fewer. */
      games: count.default(240),
      /** Games of `valid_seen` used to select the best policy, apart from those that are reported if the split is large enough. */
      selectionGames: count.default(240),
      temperature: z.number().nonnegative().default(0),
      concurrency: count.default(240),
      constrained: z.boolean().default(true),
    })
    .prefault({}),
  /** Rows without which a climb means nothing: BC continued, BC on the teacher's own demonstrations, scripted agents. */
  controls: z.boolean().default(true),
})

export type Config = z.infer<typeof configSchema>
/** What a configuration file may leave out has a default. */
export type ConfigInput = z.input<typeof configSchema>
export type OptimiserConfig = z.infer<typeof optimiserSchema>
