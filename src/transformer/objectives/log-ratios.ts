import { multiply, negate, subtract } from '../../tensor/operations/arithmetic.ts'
import { crossEntropy } from '../../tensor/operations/cross-entropy.ts'
import { scatterAddRows } from '../../tensor/operations/indexing.ts'
import type { Tensor } from '../../tensor/types.ts'
import type { ObjectiveNodes } from './objective.ts'

/**
 * log(p(completion) / reference p(completion)) of every completion of the piece, [completions], nats. Declares the inputs `segments` int32
 * [losses], the completion of each target, and `reference` float32 [completions], their log-probabilities under the reference.
 */
export function logRatios({ input, logits, targets, weights }: ObjectiveNodes): { ratios: Tensor; losses: Tensor } {
  const segments = input('segments', 'int32', ['losses'])
  const reference = input('reference', 'float32', ['completions'])
  // Padding has weight 0 and so adds nothing to the completion that it is counted to.
  const losses = multiply(crossEntropy(logits, targets), weights)
  return { losses, ratios: subtract(negate(scatterAddRows(losses, segments, reference)), reference) }
}
