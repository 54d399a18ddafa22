import { softplus } from '../../tensor/operations/activation.ts'
import { add, multiply, negate, scale } from '../../tensor/operations/arithmetic.ts'
import { reduceSum } from '../../tensor/operations/broadcast.ts'
import { less } from '../../tensor/operations/comparison.ts'
import { cast, scatterAddRows } from '../../tensor/operations/indexing.ts'
import { logRatios } from './log-ratios.ts'
import type { Objective } from './objective.ts'

export interface DpoSettings {
  /** How strongly the policy is held near the reference. */
  beta: number
  /** Weight of -log p(chosen) beside the preference, per token (Pang et al. 2024); 0: none. */
  sft: number
}

/**
 * Direct preference optimisation (Rafailov et al. 2023, eq. 7): the sum over pairs of -log sigmoid(beta (ratio of chosen - ratio of rejected)).
 * Inputs beside those of {@link logRatios}: per completion `pairOf` int32 and `signs` (1 chosen, -1 rejected, 0 padding), `pairWeights` float32
 * [pairs], and with an sft term `sftWeights` float32 [losses]. Metric: `accuracy`, pairs whose chosen answer has gained more.
 */
export function dpoObjective({ beta, sft }: DpoSettings): Objective {
  return (nodes) => {
    const { graph, input } = nodes
    const { ratios, losses } = logRatios(nodes)
    const pairOf = input('pairOf', 'int32', ['completions'])
    const signs = input('signs', 'float32', ['completions'])
    const pairWeights = input('pairWeights', 'float32', ['pairs'])
    const margins = scatterAddRows(multiply(ratios, signs), pairOf, pairWeights)
    const preference = reduceSum(multiply(softplus(negate(scale(margins, beta))), pairWeights))
    const won = cast(less(graph.scalar(0), margins), 'float32')
    const outputs = { 'metric:accuracy': reduceSum(multiply(won, pairWeights)) }
    if (sft === 0) return { loss: preference, outputs }
    const sftWeights = input('sftWeights', 'float32', ['losses'])
    return { loss: add(preference, reduceSum(multiply(losses, sftWeights))), outputs }
  }
}
