import { multiply } from '../../tensor/operations/arithmetic.ts'
import { reduceSum } from '../../tensor/operations/broadcast.ts'
import { crossEntropy } from '../../tensor/operations/cross-entropy.ts'
import type { Objective } from './objective.ts'

/** Language modelling: the sum of weight * -log p(target). Puts out `losses` [losses] = -log p(target), nats. */
export const nextToken: Objective = ({ logits, targets, weights }) => {
  const losses = crossEntropy(logits, targets)
  return { loss: reduceSum(multiply(losses, weights)), outputs: { losses } }
}

/** {@link nextToken} that puts out `logits` [losses, vocabulary] too: what a teacher says about every possible token. */
export const nextTokenLogits: Objective = (nodes) => {
  const { loss, outputs } = nextToken(nodes)
  return { loss, outputs: { ...outputs, logits: nodes.logits } }
}
