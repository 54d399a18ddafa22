import { Graph } from './graph.ts'
import type { Tensor } from './types.ts'

/** Coefficients a, b, c of the quintic iteration X <- a X + b (X X^T) X + c (X X^T)^2 X (Jordan et al. 2024, "Muon"). */
export const newtonSchulzCoefficients = [3.4445, -4.775, 2.0315] as const

/** Five iterations lift singular values from a hundredth of the largest to about 1 (0.7 to 1.2). */
export const newtonSchulzSteps = 5

/**
 * Graph that pushes all singular values of `update` [rows, columns], a matrix of Frobenius norm 1 (at most), towards 1 and leaves its
 * singular vectors as they are: output `orthogonal`. Gram matrices are taken on the shorter side, and the sums of an iteration
 * happen inside its three products, so that no other operation reads or writes a matrix.
 */
export function orthogonaliseGraph(rows: number, columns: number): Graph {
  const [a, b, c] = newtonSchulzCoefficients
  const graph = new Graph()
  const wide = rows <= columns
  let x = graph.input('update', 'float32', [rows, columns])
  for (let step = 0; step < newtonSchulzSteps; step++) {
    const gram = gemm(x, x, wide ? { transB: 1n } : { transA: 1n })
    const polynomial = gemm(gram, gram, { alpha: c, beta: b }, gram)
    x = wide ? gemm(polynomial, x, { beta: a }, x) : gemm(x, polynomial, { beta: a }, x)
  }
  graph.output('orthogonal', x)
  return graph
}

/** alpha left right + beta added, as one ONNX Gemm. Has no gradient. */
function gemm(
  left: Tensor,
  right: Tensor,
  attributes: { alpha?: number; beta?: number; transA?: bigint; transB?: bigint },
  added?: Tensor,
): Tensor {
  const rows = left.shape[attributes.transA ? 1 : 0]!
  const columns = right.shape[attributes.transB ? 0 : 1]!
  return left.graph.node({
    operator: 'Gemm',
    inputs: added ? [left, right, added] : [left, right],
    attributes,
    outputs: [{ type: 'float32', shape: [rows, columns] }],
  })[0]!
}
