import { describe, expect, it } from 'vitest'
import { createRandom, type Random } from '../support/random.ts'
import { type MicroBatch, microBatches } from './micro-batches.ts'
import type { PackedBatch } from './packed-batch.ts'
import { packTree, type TokenNode } from './tree-testing.ts'

function randomTree(random: Random, size: number): TokenNode {
  const token = random.integer(50)
  const loss = random.next() < 0.4 ? { loss: 1 + random.integer(3) } : {}
  if (size <= 1) return { token, loss: 1 }
  if (size < 4 || random.next() < 0.7) return { token, ...loss, next: [randomTree(random, size - 1)] }
  const left = 1 + random.integer(size - 2)
  return { token, ...loss, next: [randomTree(random, left), randomTree(random, size - 1 - left)] }
}

/** Rows with several trees and padding, from rows with one. */
function joined(parts: readonly PackedBatch[], columns: number): PackedBatch {
  const batch: PackedBatch = packTree([{ token: 0 }], columns)
  const losses: [number, number, number][] = []
  let column = 0
  for (const part of parts) {
    for (let i = 0; i < part.columns; i++) {
      batch.tokens[column + i] = part.tokens[i]!
      batch.positions[column + i] = part.positions[i]!
      batch.ends[column + i] = part.ends[i]! + column
    }
    part.lossRows.forEach((row, index) => {
      losses.push([row + column, part.targets[index]!, part.weights[index]!])
    })
    column += part.columns
  }
  return {
    ...batch,
    lossRows: Int32Array.from(losses, ([row]) => row),
    targets: Int32Array.from(losses, ([, target]) => target),
    weights: Float32Array.from(losses, ([, , weight]) => weight),
  }
}

/** All that the loss of one target depends on: what is visible from its row, target and weight. */
function view(batch: PackedBatch, loss: number): string {
  const row = batch.lossRows[loss]!
  const start = row - (row % batch.columns)
  const seen: string[] = []
  for (let place = start; place <= row; place++)
    if (row - start < batch.ends[place]!) seen.push(`${batch.tokens[place]}@${batch.positions[place]}`)
  return `${seen.join(' ')} -> ${batch.targets[loss]} * ${batch.weights[loss]}`
}

function asBatch({ feeds }: MicroBatch): PackedBatch {
  const [rows, columns] = feeds.tokens!.shape as [number, number]
  const data = Object.fromEntries(Object.entries(feeds).map(([name, { data }]) => [name, data]))
  return { ...(data as unknown as PackedBatch), rows, columns }
}

describe('microBatches', () => {
  const random = createRandom(3, 'micro-batches')
  const sizes = [5, 90, 17, 200, 3, 64, 40, 1, 129]
  const trees = sizes.map((size) => packTree([{ token: 1, next: [randomTree(random, size)] }], size + 1))
  const batch = joined(trees, 640)

  it.each([1, 100, 256, 1024])('keeps every target with all that it sees and nothing else, pieces of %d', (tokens) => {
    const pieces = microBatches(batch, tokens)
    const found = new Map<number, string>()
    for (const piece of pieces) {
      const laidOut = asBatch(piece)
      piece.losses.forEach((loss, place) => {
        expect(found.has(loss)).toBe(false)
        found.set(loss, view(laidOut, place))
      })
      for (let place = piece.losses.length; place < laidOut.weights.length; place++)
        expect(laidOut.weights[place]).toBe(0)
    }
    expect(found.size).toBe(batch.targets.length)
    for (const [loss, seen] of found) expect(seen).toBe(view(batch, loss))
  })

  it('makes rows as short as the longest tree of the piece allows and respects the size of a piece', () => {
    const pieces = microBatches(batch, 256)
    const shapes = pieces.map((piece) => piece.feeds.tokens!.shape)
    for (const shape of shapes) expect(shape[0]! * shape[1]!).toBeLessThanOrEqual(256)
    expect(shapes[0]).toEqual([1, 224])
    expect(shapes.at(-1)![1]).toBeLessThanOrEqual(128)
    expect(pieces.reduce((sum, piece) => sum + piece.tokens, 0)).toBeLessThan(1000)
  })

  it('leaves out padding and trees without losses, and keeps a tree of one token', () => {
    const lonely = joined([packTree([{ token: 7, next: [{ token: 8 }] }], 2), packTree([{ token: 9 }], 1)], 64)
    const [piece, ...others] = microBatches(
      { ...lonely, lossRows: Int32Array.of(2), targets: Int32Array.of(4), weights: Float32Array.of(1) },
      64,
    )
    expect(others).toEqual([])
    expect([...(piece!.feeds.tokens!.data as Int32Array)].slice(0, 3)).toEqual([9, 0, 0])
    expect((piece!.feeds.lossRows!.data as Int32Array)[0]).toBe(0)
  })
})
