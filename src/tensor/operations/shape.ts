import { LeapError } from '../../contracts/error.ts'
import type { Graph } from '../graph.ts'
import type { Dimension, Shape, Tensor } from '../types.ts'
import { zerosLike } from './broadcast.ts'

/** An int64 tensor holding `shape` in the current run: a constant where all sizes are fixed. */
export function shapeTensor(graph: Graph, shape: Shape): Tensor {
  if (shape.every((dimension) => typeof dimension === 'number')) return graph.integers(shape as number[])
  return graph.once(`shape ${shape.join(' ')}`, () =>
    concat(
      shape.map((dimension) =>
        typeof dimension === 'number' ? graph.integers([dimension]) : graph.dimension(dimension),
      ),
      0,
    ),
  )
}

/** The same elements under another shape. A new dimension name may be introduced once: its size follows from the rest. */
export function reshape(x: Tensor, shape: Shape): Tensor {
  const target = reshapeTarget(x, shape)
  return x.graph.node({
    operator: 'Reshape',
    inputs: [x, target],
    outputs: [{ type: x.type, shape }],
    gradient: ([gradient]) => [reshape(gradient!, x.shape)],
  })[0]!
}

function reshapeTarget(x: Tensor, shape: Shape): Tensor {
  const encoded = shape.map((dimension, axis) => {
    if (typeof dimension === 'number') return dimension
    // 0 keeps the size that the input has at the same axis.
    return x.shape[axis] === dimension ? 0 : -1
  })
  if (encoded.filter((dimension) => dimension === -1).length <= 1) return x.graph.integers(encoded)
  return shapeTensor(x.graph, shape)
}

/** Reorders the axes: result axis i is axis `order[i]` of x. */
export function transpose(x: Tensor, order: readonly number[]): Tensor {
  if (order.every((axis, index) => axis === index)) return x
  const inverse = order.map((_, axis) => order.indexOf(axis))
  return x.graph.node({
    operator: 'Transpose',
    inputs: [x],
    attributes: { perm: order.map(BigInt) },
    outputs: [{ type: x.type, shape: order.map((axis) => x.shape[axis]!) }],
    gradient: ([gradient]) => [transpose(gradient!, inverse)],
  })[0]!
}

/** Joins tensors along an axis. `size` names the joined axis when its size is not the sum of fixed sizes. */
export function concat(parts: readonly Tensor[], axis: number, size?: Dimension): Tensor {
  const [first] = parts
  if (!first) throw new LeapError({ code: 'TENSOR_SHAPE', message: 'concat of no tensors' })
  if (parts.length === 1) return first
  const sizes = parts.map((part) => part.shape[axis]!)
  const joined = size ?? (sizes.every((one) => typeof one === 'number') ? sizes.reduce((a, b) => a + b, 0) : undefined)
  if (joined === undefined)
    throw new LeapError({ code: 'TENSOR_SHAPE', message: `concat of sizes ${sizes.join(', ')}: name the joined axis` })
  return first.graph.node({
    operator: 'Concat',
    inputs: parts,
    attributes: { axis: BigInt(axis) },
    outputs: [{ type: first.type, shape: first.shape.with(axis, joined) }],
    gradient: ([gradient]) => split(gradient!, axis, sizes),
  })[0]!
}

/** Cuts a tensor along an axis into parts of the given sizes. */
export function split(x: Tensor, axis: number, sizes: readonly Dimension[]): Tensor[] {
  if (sizes.length === 1) return [x]
  const equal = sizes.every((size) => size === sizes[0])
  const outputs = x.graph.node({
    operator: 'Split',
    inputs: equal ? [x] : [x, shapeTensor(x.graph, sizes)],
    attributes: { axis: BigInt(axis), ...(equal ? { num_outputs: BigInt(sizes.length) } : {}) },
    outputs: sizes.map((size) => ({ type: x.type, shape: x.shape.with(axis, size) })),
    gradient: (gradients) => [
      concat(
        gradients.map((gradient, index) => gradient ?? zerosLike(outputs[index]!)),
        axis,
        x.shape[axis]!,
      ),
    ],
  })
  return outputs
}

/** Cuts a tensor along an axis into `count` parts of equal size. An axis size known by name only must be a multiple of it. */
export function splitEqually(x: Tensor, axis: number, count: number): Tensor[] {
  const size = x.shape[axis]!
  if (typeof size === 'number' && size % count !== 0)
    throw new LeapError({ code: 'TENSOR_SHAPE', message: `an axis of size ${size} has no ${count} equal parts` })
  const part = typeof size === 'number' ? size / count : `${size}/${count}`
  return split(x, axis, Array(count).fill(part))
}
