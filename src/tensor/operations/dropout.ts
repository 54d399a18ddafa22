import { createRandom } from '../../support/random.ts'
import type { Tensor } from '../types.ts'
import { multiply, scale, subtract } from './arithmetic.ts'
import { lessOrEqual } from './comparison.ts'
import { cast } from './indexing.ts'
import { reshape } from './shape.ts'

/**
 * Zeroes elements of x [rows, size] with probability `rate` and divides the others by 1 - rate (Srivastava et al. 2014).
 * The pattern is a function of numbers from outside, so that a run can be repeated: an element is kept iff the fraction
 * of (row's number) * (column's number) is at least `rate`. `rowNumbers` [rows] are fresh random numbers in [1, 64) of
 * each run; the column numbers in [1, 64) are fixed by `name`, so equal rows drop differently in differently named layers.
 */
export function dropout(x: Tensor, rate: number, rowNumbers: Tensor, name: string): Tensor {
  const graph = x.graph
  const size = Number(x.shape[1])
  const random = createRandom(0, 'dropout', name)
  const columns = graph.constant(
    'float32',
    [1, size],
    Float32Array.from({ length: size }, () => 1 + 63 * random.next()),
  )
  const product = multiply(reshape(rowNumbers, [x.shape[0]!, 1]), columns)
  const floor = graph.node({ operator: 'Floor', inputs: [product], outputs: [{ type: 'float32', shape: x.shape }] })[0]!
  const kept = cast(lessOrEqual(graph.scalar(rate), subtract(product, floor)), 'float32')
  return multiply(x, scale(kept, 1 / (1 - rate)))
}
