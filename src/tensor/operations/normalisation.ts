import type { Tensor } from '../types.ts'
import { multiply, scale, subtract } from './arithmetic.ts'
import { reduceSum } from './broadcast.ts'
import { product } from './matmul.ts'
import { reshape } from './shape.ts'

/**
 * Root mean square normalisation of the rows of x [n, d] with a learnt weight [d] (Zhang and Sennrich 2019):
 * x / sqrt(mean(x^2) + epsilon) * weight. One fused kernel forward.
 */
export function rmsNorm(x: Tensor, weight: Tensor, epsilon: number): Tensor {
  const [rows, size] = x.shape as [Tensor['shape'][number], number]
  const [result, inverse] = x.graph.node({
    operator: 'SimplifiedLayerNormalization',
    inputs: [x, weight],
    attributes: { axis: -1n, epsilon, stash_type: 1n },
    outputs: [
      { type: x.type, shape: x.shape },
      { type: 'float32', shape: [rows, 1] },
    ],
    gradient: ([gradient]) => {
      const normalised = multiply(x, inverse!)
      const projected = multiply(gradient!, normalised)
      const mean = scale(product(projected, reshape(weight, [size, 1])), 1 / size)
      const inner = subtract(multiply(gradient!, weight), multiply(normalised, mean))
      return [multiply(inner, inverse!), reduceSum(projected, [0])]
    },
  })
  return result!
}
