import { LeapError } from '../../contracts/error.ts'
import type { Shape, Tensor } from '../types.ts'
import { reshape, shapeTensor } from './shape.ts'

/** The shape of an elementwise operation's result under NumPy broadcasting. Throws TENSOR_SHAPE if the shapes do not fit. */
export function broadcastShape(left: Shape, right: Shape): Shape {
  const rank = Math.max(left.length, right.length)
  return Array.from({ length: rank }, (_, index) => {
    const a = left[index - rank + left.length] ?? 1
    const b = right[index - rank + right.length] ?? 1
    if (a === b || b === 1) return a
    if (a === 1) return b
    throw new LeapError({
      code: 'TENSOR_SHAPE',
      message: `[${left.join(', ')}] and [${right.join(', ')}] do not broadcast`,
    })
  })
}

/** Repeats size-1 axes (and adds leading ones) until x has `shape`. */
export function broadcastTo(x: Tensor, shape: Shape): Tensor {
  if (sameShape(x.shape, shape)) return x
  return x.graph.node({
    operator: 'Expand',
    inputs: [x, shapeTensor(x.graph, shape)],
    outputs: [{ type: x.type, shape }],
    gradient: ([gradient]) => [sumToShape(gradient!, x.shape)],
  })[0]!
}

/** Zeros of the shape of x, float32. */
export function zerosLike(x: Tensor): Tensor {
  return broadcastTo(x.graph.scalar(0), x.shape)
}

/** Sum over `axes` (all, when left out). `keep` leaves summed axes in place with size 1. */
export function reduceSum(x: Tensor, axes: readonly number[] = x.shape.map((_, axis) => axis), keep = false): Tensor {
  if (axes.length === 0) return x
  const kept = x.shape.map((dimension, axis) => (axes.includes(axis) ? 1 : dimension))
  const shape = keep ? kept : x.shape.filter((_, axis) => !axes.includes(axis))
  return x.graph.node({
    operator: 'ReduceSum',
    inputs: [x, x.graph.integers(axes)],
    attributes: { keepdims: keep ? 1n : 0n },
    outputs: [{ type: x.type, shape }],
    gradient: ([gradient]) => [broadcastTo(keep ? gradient! : reshape(gradient!, kept), x.shape)],
  })[0]!
}

/** Sums a gradient over the axes along which an operand of shape `shape` was repeated: the gradient rule of broadcasting. */
export function sumToShape(gradient: Tensor, shape: Shape): Tensor {
  const extra = gradient.shape.length - shape.length
  const axes = gradient.shape.flatMap((dimension, axis) =>
    axis < extra || (shape[axis - extra] === 1 && dimension !== 1) ? [axis] : [],
  )
  const summed = reduceSum(gradient, axes, true)
  return sameShape(summed.shape, shape) ? summed : reshape(summed, shape)
}

function sameShape(left: Shape, right: Shape): boolean {
  return left.length === right.length && left.every((dimension, axis) => dimension === right[axis])
}
