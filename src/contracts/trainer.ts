import type { DistillExample, DpoExample, KtoExample, SftExample } from './example.ts'

/** Examples by update rule (Algorithm 1, line 8). */
export type TrainingData =
  | { rule: 'sft'; examples: readonly SftExample[] }
  | { rule: 'dpo'; examples: readonly DpoExample[] }
  | { rule: 'kto'; examples: readonly KtoExample[] }
  | { rule: 'distill'; examples: readonly DistillExample[] }

/** Names of the update rules. */
export const updateRules = ['sft', 'dpo', 'kto', 'distill'] as const
export type UpdateRule = (typeof updateRules)[number]

export interface TrainProgress {
  step: number
  steps: number
  /** Mean loss of this step: per trained token in nats (sft, distill), per pair or row (dpo, kto). */
  loss: number
  learningRate: number
  tokensPerSecond: number
  /** What the rule has to say beside its loss, for example dpo's `accuracy`: share of pairs whose corrected answer gained more than the student's own. */
  metrics?: Record<string, number>
}

export interface TrainRequest {
  data: TrainingData
  /** Rows never trained on; their loss is reported (it is the loss that tells whether labels transfer). */
  heldOut?: readonly SftExample[]
  /** Folder of the checkpoint to start from. */
  from: string
  /** Folder of the checkpoint that dpo and kto keep the policy near; `from` if left out (Algorithm 1: pi_{i-1}). */
  reference?: string
  /** Folder of the checkpoint that distill learns from; `from` if left out (the student itself, with privilege). */
  teacher?: string
  /** Folder to write the new checkpoint to; it appears whole or not at all. */
  to: string
  /** Where the trainer keeps what it needs to go on after a kill. */
  scratch: string
  seed: number
  onProgress?: (progress: TrainProgress) => void
  signal?: AbortSignal
}

export interface TrainResult {
  steps: number
  tokens: number
  trainedTokens: number
  /** Mean loss over the last tenth of the steps, in the unit of {@link TrainProgress.loss}. Absent where a service does not tell. */
  finalLoss?: number
  /** Means of the rule's metrics over the last tenth of the steps. */
  metrics?: Record<string, number>
  heldOutLoss?: number
  seconds: number
}

/** Turns a checkpoint and examples into a better checkpoint. Resumes from `scratch` with the same result. */
export interface Trainer {
  readonly name: string
  train(request: TrainRequest): Promise<TrainResult>
}
