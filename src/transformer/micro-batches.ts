import type { PlainTensor } from '../tensor/graph-worker-protocol.ts'
import type { PackedBatch } from './packed-batch.ts'
import { attentionParts } from './training-graph.ts'

/** Rows of a micro-batch are padded to a multiple of this many columns, so that few different shapes occur. */
const columnStep = 8 * attentionParts
/** Likewise the number of losses. */
const lossStep = 64

/** A piece of a packed batch in the form that the training graph is fed. */
export interface MicroBatch {
  feeds: Record<string, PlainTensor>
  /** Which of the batch's losses the piece holds, in the piece's order. */
  losses: readonly number[]
  /** Numbers of the completions that the piece holds, where the batch tells them apart; its feed `segments` counts through this list. */
  segments: readonly number[]
  /** Number of token slots of the piece, padding included. */
  tokens: number
}

/** A run of columns of one row that no token outside sees or is seen by: a tree, with its losses. */
interface Tree {
  start: number
  size: number
  losses: number[]
}

/**
 * Cuts a batch into pieces with about `tokensPerPiece` tokens each: small enough that a piece's numbers stay in the processor's
 * cache. Trees are laid out anew, long ones with long ones and short ones together, in rows no longer than the longest of a piece:
 * attention costs time in proportion to the row. Padding (tokens that see only themselves, losses of weight 0) fills sizes up to a
 * few round values; padding and trees without losses of the given batch are left out.
 */
export function microBatches(batch: PackedBatch, tokensPerPiece: number): MicroBatch[] {
  let trees = treesOf(batch).sort((a, b) => b.size - a.size || a.start - b.start)
  const pieces: MicroBatch[] = []
  while (trees.length > 0) {
    const columns = Math.ceil(trees[0]!.size / columnStep) * columnStep
    const { rows, left } = fillRows(trees, Math.max(1, Math.floor(tokensPerPiece / columns)), columns)
    pieces.push(layOut(batch, rows, columns))
    trees = left
  }
  return pieces
}

function treesOf(batch: PackedBatch): Tree[] {
  const { rows, columns, ends } = batch
  const trees: Tree[] = []
  const treeAt: Tree[] = []
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; ) {
      const tree: Tree = { start: row * columns + column, size: 0, losses: [] }
      for (let end = column + 1; column < end; column++, tree.size++) {
        end = Math.max(end, ends[row * columns + column]!)
        treeAt[row * columns + column] = tree
      }
      trees.push(tree)
    }
  batch.lossRows.forEach((row, loss) => {
    treeAt[row]!.losses.push(loss)
  })
  return trees.filter((tree) => tree.losses.length > 0)
}

/** Puts trees (longest first) into the first of `count` rows that has room. */
function fillRows(trees: readonly Tree[], count: number, columns: number): { rows: Tree[][]; left: Tree[] } {
  const rows: { trees: Tree[]; room: number }[] = []
  const left: Tree[] = []
  for (const tree of trees) {
    let row = rows.find(({ room }) => room >= tree.size)
    if (!row && rows.length < count) {
      row = { trees: [], room: columns }
      rows.push(row)
    }
    if (!row) {
      left.push(tree)
      continue
    }
    row.trees.push(tree)
    row.room -= tree.size
  }
  return { rows: rows.map((row) => row.trees), left }
}

function layOut(batch: PackedBatch, rows: readonly (readonly Tree[])[], columns: number): MicroBatch {
  const size = rows.length * columns
  const tokens = new Int32Array(size)
  const positions = new Int32Array(size)
  const ends = Int32Array.from({ length: size }, (_, index) => (index % columns) + 1)
  const losses = rows.flat().flatMap((tree) => tree.losses)
  const count = Math.ceil(losses.length / lossStep) * lossStep
  const lossRows = new Int32Array(count)
  const targets = new Int32Array(count)
  const weights = new Float32Array(count)
  const segments = new Int32Array(batch.segments ? count : 0)
  const local = new Map<number, number>()
  let place = 0
  rows.forEach((trees, row) => {
    let column = 0
    for (const tree of trees) {
      const target = row * columns + column
      tokens.set(batch.tokens.subarray(tree.start, tree.start + tree.size), target)
      positions.set(batch.positions.subarray(tree.start, tree.start + tree.size), target)
      const shift = column - (tree.start % batch.columns)
      for (let i = 0; i < tree.size; i++) ends[target + i] = batch.ends[tree.start + i]! + shift
      for (const loss of tree.losses) {
        lossRows[place] = batch.lossRows[loss]! - tree.start + target
        targets[place] = batch.targets[loss]!
        if (batch.segments) {
          const segment = batch.segments[loss]!
          if (!local.has(segment)) local.set(segment, local.size)
          segments[place] = local.get(segment)!
        }
        weights[place++] = batch.weights[loss]!
      }
      column += tree.size
    }
  })
  const grid = [rows.length, columns]
  return {
    feeds: {
      tokens: { type: 'int32', data: tokens, shape: grid },
      positions: { type: 'int32', data: positions, shape: grid },
      ends: { type: 'int32', data: ends, shape: grid },
      lossRows: { type: 'int32', data: lossRows, shape: [count] },
      targets: { type: 'int32', data: targets, shape: [count] },
      weights: { type: 'float32', data: weights, shape: [count] },
      ...(batch.segments ? { segments: { type: 'int32', data: segments, shape: [count] } } : {}),
    },
    losses,
    segments: [...local.keys()],
    tokens: size,
  }
}
