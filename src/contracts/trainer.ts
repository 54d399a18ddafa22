import type { DpoExample, KtoExample, SftExample } from './example.ts'

/** Examples by update rule (Algorithm 1, line 8). */
export type TrainingData =
  | { rule: 'sft'; examples: readonly SftExample[] }
  | { rule: 'dpo'; examples: readonly DpoExample[] }
  | { rule: 'kto'; examples: readonly KtoExample[] }

export interface TrainProgress {
  step: number
  steps: number
  /** Mean loss per trained token of this step, nats. */
  loss: number
  learningRate: number
  tokensPerSecond: number
}

export interface TrainRequest {
  data: TrainingData
  /** Rows never trained on; their loss is reported (it is the loss that tells whether labels transfer). */
  heldOut?: readonly SftExample[]
  /** Folder of the checkpoint to start from. */
  from: string
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
  /** Mean loss per trained token over the last tenth of the steps, nats. */
  finalLoss: number
  heldOutLoss?: number
  seconds: number
}

/** Turns a checkpoint and examples into a better checkpoint. Resumes from `scratch` with the same result. */
export interface Trainer {
  readonly name: string
  train(request: TrainRequest): Promise<TrainResult>
}
