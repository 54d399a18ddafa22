/** Shape of the learning rate over a training: linear warm-up, then half a cosine down to a share of the peak. */
export interface CosineSchedule {
  peak: number
  /** Learning rate of the last step as a share of the peak. */
  minShare: number
  warmupSteps: number
  steps: number
}

/** The learning rate of step `step` (from 0). Steps past the end keep the minimum. */
export function cosineLearningRate({ peak, minShare, warmupSteps, steps }: CosineSchedule, step: number): number {
  if (step < warmupSteps) return (peak * (step + 1)) / (warmupSteps + 1)
  const progress = Math.min(1, (step - warmupSteps) / Math.max(1, steps - 1 - warmupSteps))
  return peak * (minShare + (1 - minShare) * 0.5 * (1 + Math.cos(Math.PI * progress)))
}
