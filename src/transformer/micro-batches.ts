import type { PlainTensor } from '../tensor/graph-worker-protocol.ts'
import type { PackedBatch } from './packed-batch.ts'
import { attentionParts } from './training-graph.ts'

/** Rows of a micro-batch are padded to a multiple of this many columns, so that few different shapes occur. */
const columnStep = 16 * attentionParts
/** Likewise the number of losses. */
const lossStep = 64

/** A piece of a packed batch in the form that the training graph is fed. */
export interface MicroBatch {
  feeds: Record<string, PlainTensor>
  /** Losses of the piece in the order of the batch: which of the batch's losses they are. */
  losses: readonly number[]
  /** Number of token slots of the piece, padding included. */
  tokens: number
}

/**
 * Cuts a batch into pieces of whole rows with about `tokensPerPiece` tokens each: small enough that a piece's numbers stay in
 * the processor's cache. Padding (tokens that see only themselves, losses of weight 0) fills sizes up to a few round values.
 */
export function microBatches(batch: PackedBatch, tokensPerPiece: number): MicroBatch[] {
  const columns = Math.max(columnStep, Math.ceil(batch.columns / columnStep) * columnStep)
  const rowsPerPiece = Math.max(1, Math.floor(tokensPerPiece / columns))
  const lossesOfRow: number[][] = Array.from({ length: batch.rows }, () => [])
  batch.lossRows.forEach((row, index) => {
    lossesOfRow[Math.floor(row / batch.columns)]!.push(index)
  })
  const pieces: MicroBatch[] = []
  for (let first = 0; first < batch.rows; first += rowsPerPiece) {
    const rows = Math.min(rowsPerPiece, batch.rows - first)
    pieces.push(piece(batch, first, rows, columns, lossesOfRow.slice(first, first + rows).flat()))
  }
  return pieces
}

function piece(batch: PackedBatch, first: number, rows: number, columns: number, losses: number[]): MicroBatch {
  const tokens = new Int32Array(rows * columns)
  const positions = new Int32Array(rows * columns)
  const ends = new Int32Array(rows * columns)
  for (let row = 0; row < rows; row++) {
    const source = (first + row) * batch.columns
    const target = row * columns
    tokens.set(batch.tokens.subarray(source, source + batch.columns), target)
    positions.set(batch.positions.subarray(source, source + batch.columns), target)
    ends.set(batch.ends.subarray(source, source + batch.columns), target)
    for (let column = batch.columns; column < columns; column++) ends[target + column] = column + 1
  }
  const count = Math.max(lossStep, Math.ceil(losses.length / lossStep) * lossStep)
  const lossRows = new Int32Array(count)
  const targets = new Int32Array(count)
  const weights = new Float32Array(count)
  losses.forEach((loss, index) => {
    const row = batch.lossRows[loss]!
    lossRows[index] = (Math.floor(row / batch.columns) - first) * columns + (row % batch.columns)
    targets[index] = batch.targets[loss]!
    weights[index] = batch.weights[loss]!
  })
  const grid = [rows, columns]
  return {
    feeds: {
      tokens: { type: 'int32', data: tokens, shape: grid },
      positions: { type: 'int32', data: positions, shape: grid },
      ends: { type: 'int32', data: ends, shape: grid },
      lossRows: { type: 'int32', data: lossRows, shape: [count] },
      targets: { type: 'int32', data: targets, shape: [count] },
      weights: { type: 'float32', data: weights, shape: [count] },
    },
    losses,
    tokens: rows * columns,
  }
}
