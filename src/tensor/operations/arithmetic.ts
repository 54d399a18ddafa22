import type { Tensor } from '../types.ts'
import { broadcastShape, sumToShape } from './broadcast.ts'

type BinaryRule = (gradient: Tensor, left: Tensor, right: Tensor, result: Tensor) => [Tensor, Tensor]

function binary(operator: string, left: Tensor, right: Tensor, rule: BinaryRule): Tensor {
  const shape = broadcastShape(left.shape, right.shape)
  const [result] = left.graph.node({
    operator,
    inputs: [left, right],
    outputs: [{ type: left.type, shape }],
    gradient: ([gradient]) => {
      const [ofLeft, ofRight] = rule(gradient!, left, right, result!)
      return [sumToShape(ofLeft, left.shape), sumToShape(ofRight, right.shape)]
    },
  })
  return result!
}

/** left + right, broadcasting. */
export function add(left: Tensor, right: Tensor): Tensor {
  return binary('Add', left, right, (gradient) => [gradient, gradient])
}

/** left - right, broadcasting. */
export function subtract(left: Tensor, right: Tensor): Tensor {
  return binary('Sub', left, right, (gradient) => [gradient, negate(gradient)])
}

/** left * right elementwise, broadcasting. */
export function multiply(left: Tensor, right: Tensor): Tensor {
  return binary('Mul', left, right, (gradient) => [multiply(gradient, right), multiply(gradient, left)])
}

/** left / right elementwise, broadcasting. */
export function divide(left: Tensor, right: Tensor): Tensor {
  return binary('Div', left, right, (gradient, _, __, result) => {
    const ofLeft = divide(gradient, right)
    return [ofLeft, negate(multiply(ofLeft, result))]
  })
}

/** x * factor. */
export function scale(x: Tensor, factor: number): Tensor {
  return multiply(x, x.graph.scalar(factor))
}

/** -x. */
export function negate(x: Tensor): Tensor {
  return x.graph.node({
    operator: 'Neg',
    inputs: [x],
    outputs: [{ type: x.type, shape: x.shape }],
    gradient: ([gradient]) => [negate(gradient!)],
  })[0]!
}
