import { z } from 'zod'
import { updateRules } from '../contracts/trainer.ts'
import { officialMix } from '../environments/alfworld/generator/task-choice.ts'
import type { TaskType } from '../environments/alfworld/generator/task-targets.ts'
import { hostedSchema } from '../training/hosted/settings.ts'
import { loraSchema, ruleSettings } from '../training/rule-settings.ts'
import { servingSchema } from '../training/serving/settings.ts'
import { trainerNames } from '../training/trainer-names.ts'
import { trlSchema } from '../training/trl/settings.ts'
import { interCodeSchema } from './intercode-settings.ts'
import { baselineSchema, checksSchema, modelNameSchema, modelsSchema, teacherModelSchema } from './model-settings.ts'
import { providerOptionsSchema } from './provider-options.ts'
import { shopSchema } from './shop-settings.ts'

const count = z.number().int().positive()
const share = z.number().min(0).max(1)
const taskTypeSchema = z.enum(Object.keys(officialMix) as [TaskType, ...TaskType[]])

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

/** How a policy is trained on the data of an iteration: line 8 of Algorithm 1. */
const ruleFields = {
  /** sft on all data so far; dpo, kto on this iteration's corrections, near the previous policy; distill: towards a model that sees the hidden state. */
  rule: z.enum(updateRules).default('sft'),
  /** sft: `union` of all data (the paper), or `equal` numbers of rows from every iteration (LEAP's released code). */
  mixture: z.enum(['union', 'equal']).default('union'),
  ...ruleSettings,
}

const fieldsSchema = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'use lower-case letters, digits and dashes'),
  seed: z.number().int().nonnegative().default(1),
  environment: z
    .strictObject({
      /** A domain that comes with Leap (available: alfworld), or the path of a module that exports `createDomain`. */
      name: z.string().default('alfworld'),
      /** Folder, game file or archive of official games. Absent: games generated from the seed. */
      games: z
        .string()
        .min(1, 'expected the folder or archive of official games (leap run alfworld --games <path>)')
        .optional(),
      /** `2.1.1` derives the old wording (`put X in/on Y`, `You arrive at loc 7.`) from newer files. */
      text: z.enum(['as-is', '2.1.1']).default('as-is'),
      /** Generated games per split. */
      generated: z
        .strictObject({
          train: count.default(3000),
          valid_seen: count.default(600),
          valid_unseen: count.default(600),
          /** Products of a generated shop (webshop). */
          products: count.default(3000),
          /** Kinds of household tasks, by ALFRED's names. Absent: all six, as often as in the official games. */
          tasks: z.array(taskTypeSchema).min(1).optional(),
          /** Household tasks in rooms of at most so many receptacles. Absent: in rooms of all sizes. */
          largestRoom: count.optional(),
        })
        .prefault({}),
      /** Of the domain webshop. */
      webshop: shopSchema.prefault({}),
      /** Of the domains intercode-bash and intercode-sql; `games` is then the folder of InterCode's data. */
      intercode: interCodeSchema.prefault({}),
    })
    .prefault({}),
  /** Actions an episode may take (paper: 30 on ALFWorld). */
  maxSteps: count.default(30),
  demonstrations: z.strictObject({
    games: count,
    /** `solution` plays the stored walkthroughs; a scripted agent of the domain (household: explorer, systematic, informed) gives what it solves. */
    by: z.string().default('solution'),
    /** Folder of demonstrations that `leap import` wrote, taken instead of play; `games` of them at most. */
    from: z.string().optional(),
    /** The model that gives reasons to demonstrations without any. Absent: the domain's own rules. */
    labeller: modelNameSchema.optional(),
  }),
  student: z
    .strictObject({
      /**
       * `household-base` (comes with Leap); a folder in Hugging Face layout or a GGUF file; `hf:owner/name`, as downloaded by Hugging Face's tools; `hub:owner/name`, fetched by the
       * trainer trl. Absent: random weights of the size below. `student: <checkpoint>` says the same in short.
       */
      checkpoint: z.string().optional(),
      hiddenSize: count.default(128),
      layers: count.default(4),
      heads: count.default(4),
      feedForwardSize: count.default(256),
      vocabulary: count.default(1000),
      /** Half of the heads of fresh weights start out looking for the token that they stand on: for tasks in which names are copied. */
      matchingHeads: z.boolean().default(false),
      /** Of how many demonstrations fresh weights learn their vocabulary. Absent: all, which are then played twice. */
      vocabularyGames: count.optional(),
      /** Phrases of the demonstrations' text that become tokens of the checkpoint at most, for a student of Leap's own in an environment with other templates than it knows. */
      extraVocabulary: z.number().int().nonnegative().default(0),
      /**
       * `compact` for a small student of Leap's own; `brief`, without the list of candidate actions, for a small pretrained one; `chat` (the environment's student.jinja) for one
       * that was trained on instructions. Absent: the domain's own, or compact.
       */
      prompt: z.enum(['compact', 'brief', 'chat']).optional(),
      /** Reach the student over HTTP, behind a server that the run starts on this machine (what `leap serve` does). The answers are the same. */
      serve: z.boolean().default(false),
    })
    .prefault({}),
  teacher: z
    .strictObject({
      /** `planner`: the domain's scripted teacher, no key; `llm`: a model. */
      name: z.enum(['planner', 'llm']).default('planner'),
      /** The model of an llm teacher: `provider:model`, or `student` for the policy that is being corrected (self-improvement, paper section 4.6). */
      model: teacherModelSchema.optional(),
      /** Whose hidden state the teacher sees: its own task's; none, or another task's, as controls that show what privilege itself adds. */
      privilege: z.enum(['own', 'none', 'other-task']).default('own'),
      /** `simulator`: the environment tells the hidden state at every step. `log`: the model reads one for the whole game out of its solution's log, as the paper. */
      state: z.enum(['simulator', 'log']).default('simulator'),
      /** `trajectory`: one call for a whole trajectory (the paper's way); `step`: one call a step. Absent: step for `student`, else trajectory. */
      mode: z.enum(['trajectory', 'step']).optional(),
      temperature: z.number().nonnegative().default(0.3),
      /** Tokens that prompt and answer of a call may have together; longer trajectories are corrected in pieces. */
      contextTokens: count.min(1000).default(32_000),
      /** Trajectories that are corrected at once. */
      concurrency: count.default(16),
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
      /** Leave out failures that came close: LEAP corrects InterCode Bash up to a score of 0.7, SQL at 0. Absent: every failure. */
      scoreAtMost: z.number().min(0).max(1).optional(),
      /** What each check does about a correction that it objects to. */
      checks: checksSchema.prefault({}),
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
      ...ruleFields,
    }),
    /** Absent: all weights are trained. */
    lora: loraSchema.optional(),
    /**
     * `local`: in this process, for students of up to some hundred million weights; `trl`: Hugging Face TRL in Python, for those that need a GPU;
     * `hosted`: a service that fine-tunes by OpenAI's files and jobs.
     */
    trainer: z.enum(trainerNames).default('local'),
    /** Settings that only the trainer trl knows. */
    trl: trlSchema.optional(),
    /** Settings that only the trainer hosted knows. */
    hosted: hostedSchema.optional(),
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
  /** Prompted models that the table shows beside the students. */
  baselines: z.array(baselineSchema).default([]),
  /** The server that plays trained students, for those too large to run in this process. Absent: they run in it. */
  serving: servingSchema.optional(),
  /** Limits, prices and the budget of models that are asked over a network. */
  models: modelsSchema.prefault({}),
  /** Settings of models in their providers' own words, by `provider:model` or `provider:*`. */
  providerOptions: providerOptionsSchema.optional(),
  /** Folder with prompts of your own, which come before those of the package. */
  prompts: z.string().optional(),
})

/** Everything that a run is determined by. `leap run --print-config` writes it as YAML. */
export const configSchema = fieldsSchema.superRefine(
  ({ teacher, corrections: { checks }, training, student }, context) => {
    const needs = (path: string[], message: string) => context.addIssue({ code: 'custom', path, message })
    if (teacher.name === 'llm' && teacher.model === undefined)
      needs(['teacher', 'model'], 'provider:model or student, as teacher.name is llm')
    if (teacher.name === 'planner' && teacher.model !== undefined)
      needs(['teacher', 'model'], 'nothing, as teacher.name is planner (set it to llm)')
    if (teacher.name === 'planner' && teacher.state === 'log')
      needs(['teacher', 'state'], 'simulator, as teacher.name is planner (only a model can read a log)')
    if (checks.judge !== 'off' && checks.judgeModel === undefined && (teacher.model ?? 'student') === 'student')
      needs(['corrections', 'checks', 'judgeModel'], 'provider:model, as corrections.checks.judge is on')
    checkTraining(training, needs)
    checkStart(student.checkpoint, training.trainer, needs)
  },
)

type Needs = (path: string[], message: string) => void

/** What one trainer cannot do, told before anything is played. */
function checkTraining(
  { trainer, trl, hosted, lora, iteration }: z.infer<typeof fieldsSchema>['training'],
  needs: Needs,
): void {
  if (trainer !== 'hosted' && hosted !== undefined)
    needs(['training', 'hosted'], `nothing, as training.trainer is ${trainer}`)
  if (trainer === 'hosted' && hosted === undefined)
    needs(['training', 'hosted'], 'at least { baseUrl }, as training.trainer is hosted')
  if (hosted?.budget !== undefined && hosted.pricePerMillionTokens === undefined)
    needs(['training', 'hosted', 'pricePerMillionTokens'], "the service's price, as training.hosted.budget is set")
  if (trainer === 'hosted' && iteration.rule !== 'sft' && iteration.rule !== 'dpo')
    needs(['training', 'iteration', 'rule'], 'sft or dpo, as training.trainer is hosted')
  if (trainer !== 'trl' && trl !== undefined) needs(['training', 'trl'], `nothing, as training.trainer is ${trainer}`)
  if (trainer !== 'trl') return
  if (trl !== undefined && trl.quantisation !== 'none' && lora === undefined)
    needs(['training', 'lora'], 'an adapter ({}), as training.trl.quantisation freezes the weights')
  if (iteration.rule === 'kto' && trl?.rowsPerDevice === 1)
    needs(['training', 'trl', 'rowsPerDevice'], '2 or more, as kto compares the rows that a device computes at once')
}

/** Weights that Leap does not fetch itself can be trained only by who does. */
function checkStart(checkpoint: string | undefined, trainer: string, needs: Needs): void {
  const [, place] = /^(hub|hosted):/.exec(checkpoint ?? '') ?? []
  const wanted = trainer === 'hosted' ? 'hosted' : place
  const fits = { hub: trainer === 'trl', hosted: trainer === 'hosted' && place === 'hosted' }[wanted ?? ''] ?? true
  if (fits) return
  needs(
    ['student', 'checkpoint'],
    trainer === 'hosted'
      ? 'hosted:<model>, as training.trainer is hosted'
      : `a folder, as training.trainer is ${trainer}`,
  )
}

export type Config = z.infer<typeof configSchema>
/** What a configuration file may leave out has a default. */
export type ConfigInput = z.input<typeof configSchema>
export type OptimiserConfig = z.infer<typeof optimiserSchema>
/** All settings of one training: the optimiser's, the update rule's where it is not sft, and the adapter's. */
export type TrainerConfig = OptimiserConfig &
  Partial<Pick<Config['training']['iteration'], 'dpo' | 'kto' | 'distill'>> & {
    lora?: z.infer<typeof loraSchema> | undefined
  }
