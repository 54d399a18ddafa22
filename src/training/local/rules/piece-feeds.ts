import type { PlainTensor } from '../../../tensor/graph-worker-protocol.ts'

/** Sizes of feeds are rounded up to a multiple of this, so that few different shapes occur. */
const step = 16

/** How many completions (or pairs) a piece with `count` of them is fed as. */
export function padded(count: number): number {
  return Math.ceil(count / step) * step
}

/** A float32 feed: one number per item, and zeros up to `size`. */
export function floats<Item>(
  items: readonly Item[],
  size: number,
  number: (item: Item, index: number) => number,
): PlainTensor {
  const data = new Float32Array(size)
  items.forEach((item, index) => {
    data[index] = number(item, index)
  })
  return { type: 'float32', data, shape: [size] }
}
