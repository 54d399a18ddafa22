import type { DataType, Tensor } from '../types.ts'
import { broadcastShape } from './broadcast.ts'

function compare(operator: string, left: Tensor, right: Tensor): Tensor {
  const shape = broadcastShape(left.shape, right.shape)
  return left.graph.node({
    operator,
    inputs: [left, right],
    outputs: [{ type: 'bool', shape }],
    gradient: () => [undefined, undefined],
  })[0]!
}

/** left < right elementwise, broadcasting; bool. */
export function less(left: Tensor, right: Tensor): Tensor {
  return compare('Less', left, right)
}

/** left <= right elementwise, broadcasting; bool. */
export function lessOrEqual(left: Tensor, right: Tensor): Tensor {
  return compare('LessOrEqual', left, right)
}

/** left and right elementwise on bool tensors, broadcasting. */
export function both(left: Tensor, right: Tensor): Tensor {
  return compare('And', left, right)
}

/** `yes` where the condition holds, `no` elsewhere, broadcasting. No gradient flows. */
export function where(condition: Tensor, yes: Tensor, no: Tensor): Tensor {
  const shape = broadcastShape(condition.shape, broadcastShape(yes.shape, no.shape))
  return condition.graph.node({
    operator: 'Where',
    inputs: [condition, yes, no],
    outputs: [{ type: yes.type, shape }],
    gradient: () => [undefined, undefined, undefined],
  })[0]!
}

/** The integers 0, 1, ... below the size of an axis, shape [size], int32 or int64. */
export function positionsAlong(x: Tensor, axis: number, type: DataType & ('int32' | 'int64')): Tensor {
  const graph = x.graph
  const size = x.shape[axis]!
  if (typeof size === 'number') {
    const values = Array.from({ length: size }, (_, index) => index)
    return type === 'int32'
      ? graph.constant('int32', [size], Int32Array.from(values))
      : graph.constant('int64', [size], BigInt64Array.from(values, BigInt))
  }
  const scalar = (value: number) =>
    graph.once(`int64 ${value}`, () => graph.constant('int64', [], BigInt64Array.of(BigInt(value))))
  const [limit] = graph.node({
    operator: 'Reshape',
    inputs: [graph.dimension(size), graph.constant('int64', [0], new BigInt64Array(0))],
    outputs: [{ type: 'int64', shape: [] }],
  })
  const [range] = graph.node({
    operator: 'Range',
    inputs: [scalar(0), limit, scalar(1)],
    outputs: [{ type: 'int64', shape: [size] }],
  })
  if (type === 'int64') return range!
  return graph.node({
    operator: 'Cast',
    inputs: [range],
    attributes: { to: 6n },
    outputs: [{ type: 'int32', shape: [size] }],
  })[0]!
}
