import type { Tensor } from '../types.ts'
import { add, multiply, negate, scale, subtract } from './arithmetic.ts'
import { reduceSum } from './broadcast.ts'

function unary(operator: string, x: Tensor, rule: (gradient: Tensor, result: Tensor) => Tensor): Tensor {
  const [result] = x.graph.node({
    operator,
    inputs: [x],
    outputs: [{ type: x.type, shape: x.shape }],
    gradient: ([gradient]) => [rule(gradient!, result!)],
  })
  return result!
}

/** e^x. */
export function exp(x: Tensor): Tensor {
  return unary('Exp', x, (gradient, result) => multiply(gradient, result))
}

/** Natural logarithm. */
export function log(x: Tensor): Tensor {
  return unary('Log', x, (gradient) => multiply(gradient, reciprocal(x)))
}

/** 1 / x. */
export function reciprocal(x: Tensor): Tensor {
  return unary('Reciprocal', x, (gradient, result) => negate(multiply(gradient, multiply(result, result))))
}

/** Square root. */
export function sqrt(x: Tensor): Tensor {
  return unary('Sqrt', x, (gradient, result) => scale(multiply(gradient, reciprocal(result)), 0.5))
}

/** Cosine (radians). */
export function cos(x: Tensor): Tensor {
  return unary('Cos', x, (gradient) => negate(multiply(gradient, sin(x))))
}

/** Sine (radians). */
export function sin(x: Tensor): Tensor {
  return unary('Sin', x, (gradient) => multiply(gradient, cos(x)))
}

/** Hyperbolic tangent. */
export function tanh(x: Tensor): Tensor {
  return unary('Tanh', x, (gradient, result) => subtract(gradient, multiply(gradient, multiply(result, result))))
}

/** 1 / (1 + e^-x). */
export function sigmoid(x: Tensor): Tensor {
  return unary('Sigmoid', x, (gradient, result) => multiply(gradient, subtract(result, multiply(result, result))))
}

/** log(1 + e^x), without overflow. -softplus(-x) is the logarithm of the sigmoid of x. */
export function softplus(x: Tensor): Tensor {
  return unary('Softplus', x, (gradient) => multiply(gradient, sigmoid(x)))
}

/** Softmax over the last axis. */
export function softmax(x: Tensor): Tensor {
  const [result] = x.graph.node({
    operator: 'Softmax',
    inputs: [x],
    attributes: { axis: -1n },
    outputs: [{ type: x.type, shape: x.shape }],
    gradient: ([gradient]) => {
      const weighted = multiply(gradient!, result!)
      return [subtract(weighted, multiply(result!, reduceSum(weighted, [x.shape.length - 1], true)))]
    },
  })
  return result!
}

/** log(softmax(x)) over the last axis. */
export function logSoftmax(x: Tensor): Tensor {
  const [result] = x.graph.node({
    operator: 'LogSoftmax',
    inputs: [x],
    attributes: { axis: -1n },
    outputs: [{ type: x.type, shape: x.shape }],
    gradient: ([gradient]) => {
      const sum = reduceSum(gradient!, [x.shape.length - 1], true)
      return [subtract(gradient!, multiply(exp(result!), sum))]
    },
  })
  return result!
}

/** silu(gate) * x, the gated unit of Llama's feed-forward layer ("GLU Variants Improve Transformer", 2020), with silu(z) = z sigmoid(z). */
export function swiglu(gate: Tensor, x: Tensor): Tensor {
  const opened = sigmoid(gate)
  const [activated] = gate.graph.node({
    operator: 'Mul',
    inputs: [gate, opened],
    outputs: [{ type: gate.type, shape: gate.shape }],
  })
  return gate.graph.node({
    operator: 'Mul',
    inputs: [activated!, x],
    outputs: [{ type: x.type, shape: x.shape }],
    sources: [gate, x],
    gradient: ([gradient]) => {
      // d silu(z) / dz = s + z s (1 - s), written with what the forward pass already holds.
      const slope = add(subtract(opened, multiply(activated!, opened)), activated!)
      return [multiply(multiply(gradient!, x), slope), multiply(gradient!, activated!)]
    },
  })[0]!
}
