import { LeapError } from '../../contracts/error.ts'
import type { Tensor } from '../types.ts'
import { reduceSum } from './broadcast.ts'
import { transpose } from './shape.ts'

/**
 * Product of two matrices, either of them transposed on the way: [m, k] x [k, n] -> [m, n].
 * One ONNX Gemm, whose kernel reads transposed operands in place.
 */
export function product(
  left: Tensor,
  right: Tensor,
  options: { transposeLeft?: boolean; transposeRight?: boolean } = {},
): Tensor {
  const { transposeLeft = false, transposeRight = false } = options
  const [m, k] = transposeLeft ? [left.shape[1]!, left.shape[0]!] : [left.shape[0]!, left.shape[1]!]
  const [inner, n] = transposeRight ? [right.shape[1]!, right.shape[0]!] : [right.shape[0]!, right.shape[1]!]
  if (left.shape.length !== 2 || right.shape.length !== 2 || k !== inner) throw mismatch('product', left, right)
  return left.graph.node({
    operator: 'Gemm',
    inputs: [left, right],
    attributes: { transA: transposeLeft ? 1n : 0n, transB: transposeRight ? 1n : 0n },
    outputs: [{ type: left.type, shape: [m, n] }],
    gradient: ([gradient]) => [
      transposeLeft
        ? product(right, gradient!, { transposeLeft: transposeRight, transposeRight: true })
        : product(gradient!, right, { transposeRight: !transposeRight }),
      transposeRight
        ? product(gradient!, left, { transposeLeft: true, transposeRight: transposeLeft })
        : product(left, gradient!, { transposeLeft: !transposeLeft }),
    ],
  })[0]!
}

/** x W^T (+ bias): rows [n, in] times a weight stored as [out, in], as Hugging Face checkpoints store it, -> [n, out]. */
export function linear(x: Tensor, weight: Tensor, bias?: Tensor): Tensor {
  if (!bias) return product(x, weight, { transposeRight: true })
  if (x.shape[1] !== weight.shape[1] || bias.shape[0] !== weight.shape[0]) throw mismatch('linear', x, weight)
  return x.graph.node({
    operator: 'Gemm',
    inputs: [x, weight, bias],
    attributes: { transB: 1n },
    outputs: [{ type: x.type, shape: [x.shape[0]!, weight.shape[0]!] }],
    gradient: ([gradient]) => [
      product(gradient!, weight),
      product(gradient!, x, { transposeLeft: true }),
      reduceSum(gradient!, [0]),
    ],
  })[0]!
}

/**
 * Batched product over the last two axes: [..., m, k] x [..., k, n] -> [..., m, n]; leading axes must be equal.
 */
export function matMul(left: Tensor, right: Tensor): Tensor {
  const rank = left.shape.length
  const fits = right.shape.length === rank && left.shape.slice(0, -2).every((size, axis) => size === right.shape[axis])
  if (!fits || left.shape[rank - 1] !== right.shape[rank - 2]) throw mismatch('matMul', left, right)
  return left.graph.node({
    operator: 'MatMul',
    inputs: [left, right],
    outputs: [{ type: left.type, shape: left.shape.with(rank - 1, right.shape[rank - 1]!) }],
    gradient: ([gradient]) => [matMul(gradient!, swapLast(right)), matMul(swapLast(left), gradient!)],
  })[0]!
}

/** Transposes the last two axes. Before or after a {@link matMul} the runtime folds it into the product. */
export function swapLast(x: Tensor): Tensor {
  const rank = x.shape.length
  const order = x.shape.map((_, axis) => (axis < rank - 2 ? axis : axis === rank - 2 ? rank - 1 : rank - 2))
  return transpose(x, order)
}

function mismatch(operation: string, left: Tensor, right: Tensor): LeapError {
  return new LeapError({
    code: 'TENSOR_SHAPE',
    message: `${operation}: [${left.shape.join(', ')}] and [${right.shape.join(', ')}] do not fit`,
  })
}
