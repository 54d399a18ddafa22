import { sigmoid } from '../../tensor/operations/activation.ts'
import { multiply, negate, scale, subtract } from '../../tensor/operations/arithmetic.ts'
import { reduceSum } from '../../tensor/operations/broadcast.ts'
import { logRatios } from './log-ratios.ts'
import type { Objective } from './objective.ts'

/**
 * Kahneman-Tversky optimisation (Ethayarajh et al. 2024, eq. 8): the sum over completions of weight * (1 - sigmoid(beta (ratio - kl))) where
 * desirable and weight * (1 - sigmoid(beta (kl - ratio))) where not. Inputs beside those of {@link logRatios}: per completion `labels` (1
 * desirable, -1 undesirable, 0 padding) and `rowWeights` (0 padding), and `kl` float32 [], the batch's estimate of KL(policy, reference), through which no
 * gradient flows. Metric: `reward`, beta times ratio times label.
 */
export function ktoObjective({ beta }: { beta: number }): Objective {
  return (nodes) => {
    const { input } = nodes
    const { ratios } = logRatios(nodes)
    const labels = input('labels', 'float32', ['completions'])
    const rowWeights = input('rowWeights', 'float32', ['completions'])
    const kl = input('kl', 'float32', [])
    // 1 - sigmoid(x) = sigmoid(-x)
    const losses = sigmoid(negate(scale(multiply(labels, subtract(ratios, kl)), beta)))
    return {
      loss: reduceSum(multiply(losses, rowWeights)),
      outputs: { 'metric:reward': reduceSum(scale(multiply(labels, ratios), beta)) },
    }
  }
}
