import type { GenerateResult } from '../contracts/model.ts'
import type { CheckpointFiles } from './checkpoint.ts'
import type { GeneratorSettings, SequenceRequest } from './generate.ts'

/** What a generation thread is started with. */
export interface GenerateWorkerStart {
  folder: string
  files: CheckpointFiles
  settings: GeneratorSettings
}

export type GenerateWorkerRequest =
  /** With `stream`, pieces come before the result. */
  | { kind: 'generate'; id: number; request: Omit<SequenceRequest, 'signal' | 'onText'>; stream: boolean }
  | { kind: 'score'; id: number; prompt: readonly number[]; completion: readonly number[] }
  | { kind: 'cancel'; id: number }
  | { kind: 'forget'; session: string }
  | { kind: 'close' }

export type GenerateWorkerAnswer = { counts: { fed: number; spared: number } } & (
  | { kind: 'ready' }
  | { kind: 'piece'; id: number; text: string }
  | { kind: 'generated'; id: number; result: GenerateResult }
  | { kind: 'scored'; id: number; result: number[] }
  | { kind: 'failed'; id: number; code: string | undefined; message: string }
)
