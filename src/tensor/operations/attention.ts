import type { Tensor } from '../types.ts'
import { add, multiply, scale, subtract } from './arithmetic.ts'
import { reduceSum } from './broadcast.ts'
import { matMul, swapLast } from './matmul.ts'
import { reshape } from './shape.ts'

/**
 * Scaled dot-product attention: softmax(q k^T / sqrt(size) + mask) v.
 * Queries [batch, heads, tokens, size]; keys and values [batch, keyHeads, keys, size] where heads is a multiple of
 * keyHeads (grouped-query attention); mask [batch, 1, tokens, keys], added to the scores. Result like the queries.
 */
export function attention(queries: Tensor, keys: Tensor, values: Tensor, mask: Tensor): Tensor {
  const graph = queries.graph
  const [batch, heads, tokens, size] = queries.shape as [
    Tensor['shape'][number],
    number,
    Tensor['shape'][number],
    number,
  ]
  const [, keyHeads, length] = keys.shape as [unknown, number, Tensor['shape'][number]]
  const group = heads / keyHeads
  const rows = group === 1 ? tokens : typeof tokens === 'number' ? tokens * group : `${group}*${tokens}`
  // The heads of a group are stacked along the token axis, so that keys and values need not be repeated.
  const stack = (x: Tensor) => (group === 1 ? x : reshape(x, [batch, keyHeads, rows, x.shape[3]!]))
  const unstack = (x: Tensor) => (group === 1 ? x : reshape(x, [batch, heads, tokens, x.shape[3]!]))

  const stacked = stack(scale(queries, 1 / Math.sqrt(size)))
  const scores = add(unstack(matMul(stacked, swapLast(keys))), mask)
  const [weights] = graph.node({
    operator: 'Softmax',
    inputs: [scores],
    attributes: { axis: -1n },
    outputs: [{ type: 'float32', shape: [batch, heads, tokens, length] }],
  })
  const [result] = graph.node({
    operator: 'MatMul',
    inputs: [stack(weights!), values],
    outputs: [{ type: 'float32', shape: [batch, keyHeads, rows, size] }],
    sources: [queries, keys, values],
    gradient: ([gradient]) => {
      const ofValues = matMul(swapLast(stack(weights!)), gradient!)
      const ofWeights = unstack(matMul(gradient!, swapLast(values)))
      // The row sums of weights * ofWeights equal those of result * gradient, which are far smaller.
      const sums = unstack(reduceSum(multiply(result!, gradient!), [3], true))
      const ofScores = stack(multiply(subtract(ofWeights, sums), weights!))
      const ofQueries = scale(unstack(matMul(ofScores, keys)), 1 / Math.sqrt(size))
      const ofKeys = matMul(swapLast(ofScores), stacked)
      return [ofQueries, ofKeys, ofValues]
    },
  })
  return unstack(result!)
}
