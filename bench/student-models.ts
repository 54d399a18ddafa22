import { createRandom } from '../src/support/random.ts'
import { headSize, type LlamaConfig, parseLlamaConfig } from '../src/transformer/config.ts'
import type { PackedBatch } from '../src/transformer/packed-batch.ts'
import { llamaParameters } from '../src/transformer/parameters.ts'

/** The models that training is measured with: the sizes that students on a CPU have. */
export const studentModels: Readonly<Record<string, LlamaConfig>> = {
  '1.0M': student(128, 352, 4, 4),
  '2.2M': student(192, 576, 4, 6),
  '13M': student(384, 1024, 7, 6),
}

function student(hidden: number, inner: number, layers: number, heads: number): LlamaConfig {
  return parseLlamaConfig({
    hidden_size: hidden,
    intermediate_size: inner,
    num_hidden_layers: layers,
    num_attention_heads: heads,
    vocab_size: 1500,
    tie_word_embeddings: true,
  })
}

/** `rows` causal sequences of `columns` random tokens; every fifth token is a target, as completions are about a fifth of a trajectory. */
export function causalBatch(config: LlamaConfig, rows: number, columns: number, seed = 0): PackedBatch {
  const random = createRandom(seed, 'bench batch')
  const size = rows * columns
  const tokens = Int32Array.from({ length: size }, () => random.integer(config.vocab_size))
  const lossRows = Int32Array.from({ length: Math.floor(size / 5) }, (_, index) => index * 5)
  return {
    rows,
    columns,
    tokens,
    positions: tokens.map((_, index) => index % columns),
    ends: tokens.map(() => columns),
    lossRows,
    targets: lossRows.map((row) => tokens[(row + 1) % size]!),
    weights: new Float32Array(lossRows.length).fill(1),
  }
}

/**
 * Rows as a failed episode gives them: a trunk in which after every `every` tokens a branch of `branch` tokens (the corrected
 * reason and action) hangs; all branch tokens are targets.
 */
export function treeBatch(
  config: LlamaConfig,
  rows: number,
  columns: number,
  every = 24,
  branch = 12,
  seed = 0,
): PackedBatch {
  const batch = causalBatch(config, rows, columns, seed)
  const losses: number[] = []
  for (let row = 0; row < rows; row++) {
    const offset = row * columns
    let depth = 0
    for (let column = 0; column < columns; ) {
      for (let i = 0; i < every && column < columns; i++, column++) batch.positions[offset + column] = depth++
      const end = Math.min(columns, column + branch)
      for (let i = 0; column < end; i++, column++) {
        batch.positions[offset + column] = depth + i
        batch.ends[offset + column] = end
        losses.push(offset + column - 1)
      }
    }
  }
  const lossRows = Int32Array.from(losses)
  const targets = lossRows.map((row) => batch.tokens[row + 1]!)
  return { ...batch, lossRows, targets, weights: new Float32Array(losses.length).fill(1) }
}

/**
 * Floating-point operations of the matrix products of one training step (forward + twice that backward).
 * `full` counts attention between all pairs of tokens of a row, as is usual; `executed` what the graph computes: it leaves out
 * the part above the diagonal in blocks of a quarter of the row.
 */
export function trainingFlops(config: LlamaConfig, batch: PackedBatch): { full: number; executed: number } {
  const tokens = batch.rows * batch.columns
  const matrices = llamaParameters(config).filter(({ name, shape }) => shape.length === 2 && name.includes('layers'))
  const inLayers = matrices.reduce((sum, { shape }) => sum + shape[0]! * shape[1]!, 0)
  const head = batch.lossRows.length * config.vocab_size * config.hidden_size
  const attention =
    2 * config.num_hidden_layers * config.num_attention_heads * headSize(config) * tokens * batch.columns
  return {
    full: 6 * (tokens * inLayers + head + attention),
    executed: 6 * (tokens * inLayers + head + attention * 0.625),
  }
}
