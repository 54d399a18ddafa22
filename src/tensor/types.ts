import type { Graph } from './graph.ts'

/** Element types that graphs use. `bool` and `uint8` take a byte per element, the others four or (int64) eight. */
export type DataType = 'float32' | 'int32' | 'int64' | 'bool' | 'uint8'

/** Numbers of TensorProto.DataType in the ONNX specification. */
export const onnxTypeNumber: Readonly<Record<DataType, number>> = { float32: 1, uint8: 2, int32: 6, int64: 7, bool: 9 }

/** One axis: a fixed size, or a name that stands for the same size wherever it occurs in the graph. */
export type Dimension = number | string

export type Shape = readonly Dimension[]

/** A value in a graph: what a node will compute, or what a run is fed. Holds no numbers. */
export interface Tensor {
  readonly graph: Graph
  /** Unique in its graph. */
  readonly name: string
  readonly type: DataType
  readonly shape: Shape
}

/** What an operator's attribute may hold in ONNX. Integers are given as bigint so that they differ from floats. */
export type Attribute = bigint | number | string | readonly bigint[] | readonly number[]

/**
 * Reverse-mode rule of a node: from the gradients of its outputs (undefined: does not influence the result) to the
 * gradients of its sources (undefined: none flows, as into integer inputs).
 */
export type GradientRule = (outputGradients: readonly (Tensor | undefined)[]) => readonly (Tensor | undefined)[]

/** One operator application. Nodes are kept in creation order, which is a topological order. */
export interface GraphNode {
  readonly operator: string
  /** '' is standard ONNX. */
  readonly domain: string
  readonly inputs: readonly (Tensor | undefined)[]
  readonly outputs: readonly Tensor[]
  readonly attributes: Readonly<Record<string, Attribute>>
  readonly gradient: GradientRule | undefined
  /** The tensors whose gradients the rule gives: the inputs, or, for the last node of a composite, the composite's inputs. */
  readonly sources: readonly (Tensor | undefined)[]
}

/** A constant of the graph, stored in the model file. */
export interface Constant {
  readonly tensor: Tensor
  readonly data: TensorData
}

export type TensorData = Float32Array | Int32Array | BigInt64Array | Uint8Array

/** The product of an axis list's fixed sizes, or undefined if one of them has only a name. */
export function fixedSize(shape: Shape): number | undefined {
  let size = 1
  for (const dimension of shape) {
    if (typeof dimension === 'string') return undefined
    size *= dimension
  }
  return size
}
