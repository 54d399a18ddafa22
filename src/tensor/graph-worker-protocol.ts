import type { AdamWStep, DecayRange } from './adamw.ts'
import type { MuonMatrix, MuonStep } from './muon.ts'
import type { DataType, TensorData } from './types.ts'

/** A tensor as it crosses the border between threads. */
export interface PlainTensor {
  type: DataType
  data: TensorData
  shape: readonly number[]
}

/** Where an output goes in the flat gradient arrays. */
export interface GradientSlot {
  output: string
  offset: number
  shape: readonly number[]
}

/** What a worker is started with. The float arrays are shared memory. */
export interface WorkerStart {
  model: Uint8Array
  /** Inputs that are the same memory in every run: the parameters. */
  fixed: Record<string, PlainTensor>
  gradientSlots: readonly GradientSlot[]
  /** Flat gradient sums, one array per lane. */
  lanes: readonly Float32Array[]
  /** Present where the worker is to update weights. */
  optimiser?: {
    weights: Float32Array
    firstMoment: Float32Array
    secondMoment: Float32Array
    /** What AdamW updates. */
    decays: readonly DecayRange[]
    /** What Muon updates, with the first moment as momentum. Must not overlap the decays. */
    matrices?: readonly MuonMatrix[]
  }
}

/** What a worker is asked to do. */
export type WorkerRequest =
  /** Runs the graph. Gradients are added to the lane, or overwrite it when this is the lane's first run of the step. */
  | { kind: 'run'; feeds: Record<string, PlainTensor>; lane: number; first: boolean }
  /** Lane 0 becomes the sum of the first `lanes` lanes times `scale` over [start, end); answers with its sum of squares. */
  | { kind: 'reduce'; start: number; end: number; lanes: number; scale: number }
  /** AdamW over [start, end) with lane 0 as the gradients. */
  | { kind: 'update'; start: number; end: number; settings: AdamWStep }
  /** Muon on these of the optimiser's matrices with lane 0 as the gradients. */
  | { kind: 'muon'; matrices: readonly number[]; settings: MuonStep }

export type WorkerAnswer =
  | { kind: 'ready' }
  | { kind: 'run'; outputs: Record<string, Float32Array> }
  | { kind: 'reduce'; squares: number }
  | { kind: 'update' }
  | { kind: 'muon' }
  | { kind: 'failed'; code: string; message: string }
