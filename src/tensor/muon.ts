/** Settings of one Muon update (Jordan et al. 2024), for the matrices of {@link MuonMatrix}. */
export interface MuonStep {
  learningRate: number
  /** Decay of the running mean of gradients. */
  momentum: number
  /** Gradients are multiplied by this first (clipping). */
  gradientScale: number
}

/** Momentum of the published runs. */
export const muonMomentum = 0.95

/** Keeps the normalisation of an all-zero update finite. */
const epsilon = 1e-7

/** A matrix in the flat arrays that Muon updates as a whole, stored row by row as [out, in]. */
export interface MuonMatrix {
  offset: number
  rows: number
  columns: number
  /** Decoupled weight decay. */
  decay: number
}

/** The elements of one matrix. */
export interface MuonArrays {
  weights: Float32Array
  gradients: Float32Array
  momentum: Float32Array
}

/**
 * First half of an update: takes the gradient into the momentum and writes the Nesterov direction, of Frobenius norm 1, to
 * `direction`, for `orthogonaliseGraph` to work on.
 */
export function muonDirection(
  { gradients, momentum }: Omit<MuonArrays, 'weights'>,
  { momentum: keep, gradientScale }: Omit<MuonStep, 'learningRate'>,
  direction: Float32Array,
): void {
  let squares = 0
  for (let i = 0; i < direction.length; i++) {
    const gradient = gradients[i]! * gradientScale
    const mean = Math.fround(keep * momentum[i]! + (1 - keep) * gradient)
    const ahead = keep * mean + (1 - keep) * gradient
    momentum[i] = mean
    direction[i] = ahead
    squares += ahead * ahead
  }
  const factor = 1 / (Math.sqrt(squares) + epsilon)
  for (let i = 0; i < direction.length; i++) direction[i] = direction[i]! * factor
}

/** Second half: decays the weights and moves them along `orthogonal`, further in matrices with more rows than columns. */
export function muonMove(
  weights: Float32Array,
  orthogonal: Float32Array,
  { rows, columns, decay }: Omit<MuonMatrix, 'offset'>,
  learningRate: number,
): void {
  const keep = 1 - learningRate * decay
  const rate = learningRate * Math.sqrt(Math.max(1, rows / columns))
  for (let i = 0; i < weights.length; i++) weights[i] = weights[i]! * keep - rate * orthogonal[i]!
}
