/** Settings of one AdamW update (Loshchilov and Hutter 2019; decay is decoupled, as in torch.optim.AdamW). */
export interface AdamWStep {
  /** Number of this update, from 1: corrects the bias of the moments. */
  step: number
  learningRate: number
  /** Decay of the running means of gradient and squared gradient. */
  betas: readonly [number, number]
  epsilon: number
  /** Gradients are multiplied by this first (clipping). */
  gradientScale: number
}

/** A range of the flat arrays that shares one weight decay. */
export interface DecayRange {
  start: number
  end: number
  decay: number
}

/** The arrays of one update, all of one length. Weights and moments are changed in place. */
export interface AdamWArrays {
  weights: Float32Array
  gradients: Float32Array
  firstMoment: Float32Array
  secondMoment: Float32Array
}

/** Updates the elements of `range`. Its result does not depend on how the arrays are cut into ranges. */
export function adamWUpdate(arrays: AdamWArrays, range: DecayRange, settings: AdamWStep): void {
  const { weights, gradients, firstMoment, secondMoment } = arrays
  const { step, learningRate, betas, epsilon, gradientScale } = settings
  const [beta1, beta2] = betas
  const rate = learningRate / (1 - beta1 ** step)
  const correction = 1 / Math.sqrt(1 - beta2 ** step)
  const keep = 1 - learningRate * range.decay
  for (let i = range.start; i < range.end; i++) {
    const gradient = gradients[i]! * gradientScale
    const first = beta1 * firstMoment[i]! + (1 - beta1) * gradient
    const second = beta2 * secondMoment[i]! + (1 - beta2) * gradient * gradient
    firstMoment[i] = first
    secondMoment[i] = second
    weights[i] = weights[i]! * keep - (rate * first) / (Math.sqrt(second) * correction + epsilon)
  }
}
