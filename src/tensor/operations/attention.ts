import type { Tensor } from '../types.ts'
import { add, multiply, negate, scale } from './arithmetic.ts'
import { broadcastTo, reduceSum } from './broadcast.ts'
import { matMul, swapLast } from './matmul.ts'
import { concat, reshape, splitEqually } from './shape.ts'

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
      // d scores = weights * (ofWeights - sums), where the row sums of weights * ofWeights equal those of result * gradient.
      // The subtraction is done by the product itself, as one more column, instead of one more pass over the scores.
      const sums = negate(reduceSum(multiply(result!, gradient!), [3], true))
      const ones = broadcastTo(graph.scalar(1), [...values.shape.slice(0, 3), 1])
      const centred = matMul(concat([gradient!, sums], 3), swapLast(concat([values, ones], 3)))
      const ofScores = multiply(centred, stack(weights!))
      const ofQueries = scale(unstack(matMul(ofScores, keys)), 1 / Math.sqrt(size))
      const ofKeys = matMul(swapLast(ofScores), stacked)
      return [ofQueries, ofKeys, ofValues]
    },
  })
  return unstack(result!)
}

/**
 * {@link attention} of a sequence to itself where no token sees a later one, cut into `masks.length` equal parts of the
 * token axis: part i attends to the keys of parts 0..i only, so the products above the diagonal are not computed.
 * Mask i is [batch, 1, part, (i + 1) * part] and must hide later keys inside the last part. A token count known by name
 * only must be a multiple of the number of parts.
 */
export function causalAttention(queries: Tensor, keys: Tensor, values: Tensor, masks: readonly Tensor[]): Tensor {
  if (masks.length === 1) return attention(queries, keys, values, masks[0]!)
  const cut = (x: Tensor) => splitEqually(x, 2, masks.length)
  const [queryParts, keyParts, valueParts] = [cut(queries), cut(keys), cut(values)]
  const parts = masks.map((mask, index) => {
    const upTo = (all: Tensor[]) => concat(all.slice(0, index + 1), 2, mask.shape[3]!)
    return attention(queryParts[index]!, upTo(keyParts), upTo(valueParts), mask)
  })
  return concat(parts, 2, queries.shape[2]!)
}
