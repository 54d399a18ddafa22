import { LeapError } from '../contracts/error.ts'
import type { LlamaConfig } from './config.ts'
import type { PackedBatch } from './packed-batch.ts'

/** Throws BATCH_INVALID naming the array and index: a token out of the vocabulary would otherwise read foreign memory. */
export function checkBatch(batch: PackedBatch, config: LlamaConfig): void {
  const { rows, columns } = batch
  const size = rows * columns
  const losses = batch.lossRows.length
  const lengths = { tokens: size, positions: size, ends: size, targets: losses, weights: losses } as const
  for (const [name, expected] of Object.entries(lengths)) {
    const found = batch[name as keyof typeof lengths].length
    if (found !== expected) throw invalid(`${name} has ${found} elements, expected ${expected}`)
  }
  if (size === 0 || losses === 0) throw invalid('it has no tokens or no losses')
  checkRange(batch.tokens, 'tokens', 0, config.vocab_size)
  checkRange(batch.positions, 'positions', 0, config.max_position_embeddings)
  checkRange(batch.targets, 'targets', 0, config.vocab_size)
  if (batch.segments && batch.segments.length !== losses)
    throw invalid(`segments has ${batch.segments.length} elements, expected ${losses}`)
  checkRange(batch.lossRows, 'lossRows', 0, size)
  batch.ends.forEach((end, index) => {
    const column = index % columns
    if (end <= column || end > columns) throw invalid(`ends[${index}] is ${end}, expected ${column + 1}..${columns}`)
  })
}

function checkRange(values: Int32Array, name: string, from: number, to: number): void {
  const index = values.findIndex((value) => value < from || value >= to)
  if (index >= 0) throw invalid(`${name}[${index}] is ${values[index]}, expected ${from}..${to - 1}`)
}

function invalid(what: string): LeapError {
  return new LeapError({ code: 'BATCH_INVALID', message: `packed batch: ${what}` })
}
