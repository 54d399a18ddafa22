import { exp, logSoftmax, softplus } from '../../tensor/operations/activation.ts'
import { add, multiply, scale, subtract } from '../../tensor/operations/arithmetic.ts'
import { reduceSum } from '../../tensor/operations/broadcast.ts'
import type { Tensor } from '../../tensor/types.ts'
import type { Objective } from './objective.ts'

export interface DistillSettings {
  /** forward: KL(teacher, student); reverse: KL(student, teacher); mixed: both against their mixture. */
  divergence: 'forward' | 'reverse' | 'mixed'
  /** Weight of the teacher in the mixture of `mixed`, in (0, 1). */
  mixture: number
  /** Both are divided by it before the softmax. */
  temperature: number
}

/**
 * Distillation over the whole vocabulary at every token of the student's own completions: the sum of weight * divergence, the generalised
 * Jensen-Shannon divergence of on-policy distillation (Agarwal et al. 2024, "GKD", eq. 1). Input: `teacher` float32 [losses, vocabulary], the teacher's
 * numbers before the softmax at the same tokens.
 */
export function distillObjective({ divergence, mixture, temperature }: DistillSettings): Objective {
  return ({ graph, input, logits, weights }) => {
    const teacherLogits = input('teacher', 'float32', logits.shape)
    const student = logSoftmax(scale(logits, 1 / temperature))
    const teacher = logSoftmax(scale(teacherLogits, 1 / temperature))
    const divergences = {
      forward: () => kullbackLeibler(teacher, student),
      reverse: () => kullbackLeibler(student, teacher),
      mixed: () => {
        const mixed = logAdd(
          add(student, graph.scalar(Math.log(1 - mixture))),
          add(teacher, graph.scalar(Math.log(mixture))),
        )
        const ofTeacher = scale(kullbackLeibler(teacher, mixed), mixture)
        return add(ofTeacher, scale(kullbackLeibler(student, mixed), 1 - mixture))
      },
    }
    return { loss: reduceSum(multiply(divergences[divergence](), weights)) }
  }
}

/** KL(p, q) of rows of log-probabilities [n, classes]: [n], nats. */
function kullbackLeibler(p: Tensor, q: Tensor): Tensor {
  return reduceSum(multiply(exp(p), subtract(p, q)), [1])
}

/** log(e^a + e^b) without overflow: a + log(1 + e^(b - a)). */
function logAdd(a: Tensor, b: Tensor): Tensor {
  return add(a, softplus(subtract(b, a)))
}
