import type { Graph } from '../../tensor/graph.ts'
import type { DataType, Shape, Tensor } from '../../tensor/types.ts'

/** What an objective is made of, for one piece of a batch. */
export interface ObjectiveNodes {
  graph: Graph
  /** [losses, vocabulary], before the softmax, at the token before each target. */
  logits: Tensor
  /** int32 [losses] */
  targets: Tensor
  /** float32 [losses]; 0 for padding. */
  weights: Tensor
  /** Declares a number (or many) that whoever feeds a batch must feed with it. */
  input(name: string, type: DataType, shape: Shape): Tensor
}

/** What a training graph minimises. */
export type Objective = (nodes: ObjectiveNodes) => {
  /** [], the sum over the piece. */
  loss: Tensor
  /** Further results. Those named `metric:...`, of shape [], are summed over the pieces of a batch and reported like the loss. */
  outputs?: Record<string, Tensor>
}

export const metricPrefix = 'metric:'
