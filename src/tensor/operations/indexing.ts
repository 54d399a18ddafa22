import { LeapError } from '../../contracts/error.ts'
import { type DataType, onnxTypeNumber, type Tensor } from '../types.ts'
import { broadcastTo } from './broadcast.ts'
import { reshape } from './shape.ts'

/**
 * Rows of a table: [rows, ...rest] indexed by integers of any shape -> [...indices, ...rest].
 * The gradient adds up over repeated indices.
 */
export function gatherRows(table: Tensor, indices: Tensor): Tensor {
  const rest = table.shape.slice(1)
  return table.graph.node({
    operator: 'Gather',
    inputs: [table, indices],
    attributes: { axis: 0n },
    outputs: [{ type: table.type, shape: [...indices.shape, ...rest] }],
    gradient: ([gradient]) => [scatterAddRows(gradient!, indices, table)],
  })[0]!
}

/** The reverse of {@link gatherRows}: a table shaped like `like` holding, per row, the sum of the values sent to it. */
export function scatterAddRows(values: Tensor, indices: Tensor, like: Tensor): Tensor {
  const graph = values.graph
  const zeros = broadcastTo(graph.scalar(0), like.shape)
  return graph.node({
    operator: 'ScatterND',
    inputs: [zeros, reshape(cast(indices, 'int64'), [...indices.shape, 1]), values],
    attributes: { reduction: 'add' },
    outputs: [{ type: values.type, shape: like.shape }],
    gradient: ([gradient]) => [undefined, undefined, gatherRows(gradient!, indices)],
  })[0]!
}

/** One element per row: x [n, m] and columns [n] -> [n]. */
export function pick(x: Tensor, columns: Tensor): Tensor {
  if (x.shape.length !== 2 || columns.shape.length !== 1)
    throw new LeapError({
      code: 'TENSOR_SHAPE',
      message: `pick: found [${x.shape.join(', ')}] and [${columns.shape.join(', ')}]`,
    })
  const column = reshape(columns, [columns.shape[0]!, 1])
  const [picked] = x.graph.node({
    operator: 'GatherElements',
    inputs: [x, column],
    attributes: { axis: 1n },
    outputs: [{ type: x.type, shape: [columns.shape[0]!, 1] }],
    gradient: ([gradient]) => [
      x.graph.node({
        operator: 'ScatterElements',
        inputs: [broadcastTo(x.graph.scalar(0), x.shape), column, gradient],
        attributes: { axis: 1n },
        outputs: [{ type: x.type, shape: x.shape }],
      })[0]!,
    ],
  })
  return reshape(picked!, columns.shape)
}

/** x with elements of another type (int32 -> float32 and so on). No gradient flows. */
export function cast(x: Tensor, type: DataType): Tensor {
  if (x.type === type) return x
  return x.graph.node({
    operator: 'Cast',
    inputs: [x],
    attributes: { to: BigInt(onnxTypeNumber[type]) },
    outputs: [{ type, shape: x.shape }],
    gradient: () => [undefined],
  })[0]!
}
