import { both, less, lessOrEqual, positionsAlong, where } from '../tensor/operations/comparison.ts'
import { reshape } from '../tensor/operations/shape.ts'
import type { Tensor } from '../tensor/types.ts'

/** Added to the scores of keys that a token must not see. Finite, so that no row of scores is all minus infinity. */
const hidden = -1e9

/**
 * The additive attention mask [batch, 1, tokens, tokens] of prefix trees in pre-order, from `ends` [batch, tokens] (int32)
 * of a {@link PackedBatch}: 0 where token j (last axis) is visible to token i, that is j <= i < ends[j].
 */
export function treeMask(ends: Tensor): Tensor {
  const [batch, columns] = ends.shape as [Tensor['shape'][number], Tensor['shape'][number]]
  const column = positionsAlong(ends, 1, 'int32')
  const observer = reshape(column, [columns, 1])
  const causal = lessOrEqual(column, observer)
  const inside = less(observer, reshape(ends, [batch, 1, 1, columns]))
  return where(both(causal, inside), ends.graph.scalar(0), ends.graph.scalar(hidden))
}
