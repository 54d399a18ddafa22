import { both, less, lessOrEqual, positionsAlong, where } from '../tensor/operations/comparison.ts'
import { concat, reshape, splitEqually } from '../tensor/operations/shape.ts'
import type { Tensor } from '../tensor/types.ts'

/** Added to the scores of keys that a token must not see. Finite, so that no row of scores is all minus infinity. */
const hidden = -1e9

/**
 * The additive attention masks of prefix trees in pre-order, from `ends` [batch, tokens] (int32) of a PackedBatch: 0 where
 * token j (last axis) is visible to token i, that is j <= i < ends[j]. Cut along the queries into `parts` equal parts, as
 * causalAttention takes them: mask p is [batch, 1, tokens / parts, (p + 1) * tokens / parts].
 */
export function treeMasks(ends: Tensor, parts: number): Tensor[] {
  const graph = ends.graph
  const [batch, columns] = ends.shape as [Tensor['shape'][number], Tensor['shape'][number]]
  const columnParts = splitEqually(positionsAlong(ends, 1, 'int32'), 0, parts)
  const endParts = splitEqually(ends, 1, parts)
  return columnParts.map((part, index) => {
    const size = part.shape[0]!
    const length =
      index === 0
        ? size
        : index + 1 === parts
          ? columns
          : typeof size === 'number'
            ? size * (index + 1)
            : `${index + 1}*${size}`
    const upTo = (all: Tensor[], axis: number) =>
      index === 0 ? all[0]! : concat(all.slice(0, index + 1), axis, length)
    const observer = reshape(part, [size, 1])
    const causal = lessOrEqual(upTo(columnParts, 0), observer)
    const inside = less(observer, reshape(upTo(endParts, 1), [batch, 1, 1, length]))
    return where(both(causal, inside), graph.scalar(0), graph.scalar(hidden))
  })
}
