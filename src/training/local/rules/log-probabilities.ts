import type { PackedBatch } from '../../../transformer/packed-batch.ts'

/** Adds log p of the targets of a batch to the sums of the completions that they belong to, by segment. */
export function addLogProbabilities(sums: Float64Array, { segments }: PackedBatch, losses: Float32Array): void {
  losses.forEach((loss, index) => {
    sums[segments![index]!]! -= loss
  })
}

/** The segments of a batch, each once, in order of occurrence. */
export function segmentsOf({ segments }: PackedBatch): number[] {
  return [...new Set(segments)]
}
