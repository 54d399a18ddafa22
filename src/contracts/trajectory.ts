import { z } from 'zod'
import { privilegedStateSchema } from './privileged-state.ts'
import { taskSchema } from './task.ts'

/** One step as it happened: what was seen, what was answered, what it earned. */
export const stepSchema = z.object({
  observation: z.string(),
  candidates: z.array(z.string()).optional(),
  reason: z.string(),
  action: z.string(),
  /** Score after the action, 0 to 1. */
  score: z.number(),
  /** False if the domain lists candidates and the action was not among them. */
  admissible: z.boolean(),
  /** SHA-256 (first 16 hex digits) of the prompt as it was rendered, so that training can prove that it uses the same text. */
  promptHash: z.string().optional(),
  tokens: z.object({ prompt: z.number(), completion: z.number() }).optional(),
  milliseconds: z.number().optional(),
  /** True when the roll-in mixture let somebody other than the student act here. */
  byTeacher: z.boolean().optional(),
  /** True for a step that is history only and never a training row, as imported data may say of theirs. */
  untrained: z.boolean().optional(),
  /** The hidden state before the action. Recorded during training roll-outs for the teacher; policies never read it. */
  privileged: privilegedStateSchema.optional(),
})
export type Step = z.infer<typeof stepSchema>

/** `void`: the infrastructure failed (model error, crash, time-out). A void episode is retried and never scored as a failure. */
export const outcomeSchema = z.enum(['success', 'failure', 'void'])
export type Outcome = z.infer<typeof outcomeSchema>

export const trajectorySchema = z.object({
  /** `<phase>/<task id>#<sample>`: unique within a run and known before the episode starts. */
  id: z.string().min(1),
  task: taskSchema,
  /** Name of the policy that acted, for example `pi_1`. */
  policy: z.string(),
  instruction: z.string(),
  steps: z.array(stepSchema),
  /** The last observation, after the last action. */
  finalObservation: z.string(),
  /** Score of the last step, 0 to 1. */
  score: z.number(),
  outcome: outcomeSchema,
  /** What the environment told beside its last observation, for metrics; policies never read it. */
  info: z.record(z.string(), z.unknown()).optional(),
  /** Why the outcome is `void`. */
  cause: z.string().optional(),
})
export type Trajectory = z.infer<typeof trajectorySchema>
