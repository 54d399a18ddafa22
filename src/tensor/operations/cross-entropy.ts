import type { Tensor } from '../types.ts'
import { exp } from './activation.ts'
import { multiply, negate } from './arithmetic.ts'
import { reshape } from './shape.ts'

/**
 * Negative log-probability, under softmax(logits [n, classes]), of the class that `targets` [n] (int32 or int64) names
 * in each row: [n].
 */
export function crossEntropy(logits: Tensor, targets: Tensor): Tensor {
  const graph = logits.graph
  const rows = targets.shape[0]!
  const column = reshape(targets, [rows, 1])
  const [logarithms] = graph.node({
    operator: 'LogSoftmax',
    inputs: [logits],
    attributes: { axis: -1n },
    outputs: [{ type: 'float32', shape: logits.shape }],
  })
  const [picked] = graph.node({
    operator: 'GatherElements',
    inputs: [logarithms!, column],
    attributes: { axis: 1n },
    outputs: [{ type: 'float32', shape: [rows, 1] }],
  })
  const [losses] = graph.node({
    operator: 'Neg',
    inputs: [reshape(picked!, [rows])],
    outputs: [{ type: 'float32', shape: [rows] }],
    sources: [logits],
    gradient: ([gradient]) => {
      // (softmax - one-hot) * gradient, with the one-hot part subtracted in place.
      const spread = reshape(gradient!, [rows, 1])
      const [result] = graph.node({
        operator: 'ScatterElements',
        inputs: [multiply(exp(logarithms!), spread), column, negate(spread)],
        attributes: { axis: 1n, reduction: 'add' },
        outputs: [{ type: 'float32', shape: logits.shape }],
      })
      return [result]
    },
  })
  return losses!
}
