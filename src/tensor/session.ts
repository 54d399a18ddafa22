import { InferenceSession, Tensor as OnnxTensor } from 'onnxruntime-node'
import { LeapError } from '../contracts/error.ts'
import { encodeGraph } from './encode-graph.ts'
import type { Graph } from './graph.ts'
import type { DataType, TensorData } from './types.ts'

/** Numbers outside a graph: what a run is fed and what it returns. Wraps a typed array without copying it. */
export type HostTensor = OnnxTensor

/** Wraps a typed array (bool: a Uint8Array of 0 and 1). Runs read the array as it is then; make it once, change its numbers often. */
export function hostTensor(type: DataType, data: TensorData, shape: readonly number[]): HostTensor {
  return new OnnxTensor(type, data as never, shape)
}

export interface SessionSettings {
  /** Threads inside one operation; 0 = one per core. */
  threads?: number
  /** Keep freed memory for later runs: faster, but the peak of all runs stays reserved. */
  arena?: boolean
  /** Optimised model is written here, for reading with a model viewer. */
  optimizedModelPath?: string
  /** Writes a trace of every kernel to files that start with this; they are finished by dispose. */
  profilePrefix?: string
}

/** A graph made ready to run on onnxruntime's CPU provider. */
export interface TensorSession {
  /**
   * Runs the graph. `feeds` names every input. Outputs named in `results` are written into the given tensors (which must
   * have the right type and shape); the others are allocated. The calling thread is busy until the run ends.
   */
  run(
    feeds: Record<string, HostTensor>,
    results?: Record<string, HostTensor | null>,
  ): Promise<Record<string, HostTensor>>
  dispose(): Promise<void>
}

/** Encodes and loads a graph. Throws TENSOR_SESSION with the runtime's message if it refuses the graph. */
export function openSession(graph: Graph, settings: SessionSettings = {}): Promise<TensorSession> {
  return openModel(encodeGraph(graph), settings)
}

/** Loads an encoded graph. Throws as {@link openSession}. */
export async function openModel(model: Uint8Array, settings: SessionSettings = {}): Promise<TensorSession> {
  const { threads = 0, arena = true, optimizedModelPath, profilePrefix } = settings
  const session = await InferenceSession.create(model, {
    executionProviders: ['cpu'],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    graphOptimizationLevel: 'all',
    enableCpuMemArena: arena,
    enableMemPattern: arena,
    logSeverityLevel: 3,
    ...(optimizedModelPath === undefined ? {} : { optimizedModelFilePath: optimizedModelPath }),
    ...(profilePrefix === undefined ? {} : { enableProfiling: true, profileFilePrefix: profilePrefix }),
  }).catch((cause: unknown) => {
    throw new LeapError({
      code: 'TENSOR_SESSION',
      message: `onnxruntime does not accept the graph: ${message(cause)}`,
      cause,
    })
  })
  const everything = Object.fromEntries(session.outputNames.map((name) => [name, null]))
  return {
    async run(feeds, results) {
      try {
        return (await session.run(feeds, results ? { ...everything, ...results } : everything)) as Record<
          string,
          HostTensor
        >
      } catch (cause) {
        throw new LeapError({ code: 'TENSOR_RUN', message: `running the graph failed: ${message(cause)}`, cause })
      }
    },
    async dispose() {
      if (profilePrefix !== undefined) session.endProfiling()
      await session.release()
    },
  }
}

function message(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause)
}
