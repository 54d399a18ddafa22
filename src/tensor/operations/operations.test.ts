import { describe, expect, it } from 'vitest'
import { type CheckedInput, checkGradients } from '../check-gradients.ts'
import type { Tensor } from '../types.ts'
import {
  cos,
  exp,
  log,
  logSoftmax,
  reciprocal,
  sigmoid,
  sin,
  softmax,
  softplus,
  sqrt,
  swiglu,
  tanh,
} from './activation.ts'
import { add, divide, multiply, negate, scale, subtract } from './arithmetic.ts'
import { attention, causalAttention } from './attention.ts'
import { broadcastTo, reduceSum, zerosLike } from './broadcast.ts'
import { lessOrEqual, positionsAlong, where } from './comparison.ts'
import { crossEntropy } from './cross-entropy.ts'
import { dropout } from './dropout.ts'
import { cast, gatherRows, pick, scatterAddRows } from './indexing.ts'
import { linear, matMul, product, swapLast } from './matmul.ts'
import { rmsNorm } from './normalisation.ts'
import { rotary } from './rotary.ts'
import { concat, reshape, split, splitEqually, transpose } from './shape.ts'

interface Case {
  name: string
  inputs: CheckedInput[]
  build: (...inputs: Tensor[]) => Tensor
  /** The operation's definition, element by element. */
  expected?: (index: number, ...inputs: Float32Array[]) => number
}

const matrix = (...shape: number[]): CheckedInput => ({ shape })
const positive = (...shape: number[]): CheckedInput => ({ shape, from: 0.5, to: 2 })
const named = (shape: number[], names: (string | number)[]): CheckedInput => ({ shape, names })
const int32 = (like: Tensor, values: number[], shape: number[] = [values.length]) =>
  like.graph.constant('int32', shape, Int32Array.from(values))
const causal = (like: Tensor, batch: number, rows: number, columns: number) => {
  const data = new Float32Array(batch * rows * columns)
  for (let i = 0; i < data.length; i++) {
    const row = Math.floor(i / columns) % rows
    if ((i % columns) - (columns - rows) > row) data[i] = -1e9
  }
  return like.graph.constant('float32', [batch, 1, rows, columns], data)
}
const plainSoftmax = (values: ArrayLike<number>, start: number, size: number, index: number) => {
  let sum = 0
  for (let i = start; i < start + size; i++) sum += Math.exp(values[i]!)
  return Math.exp(values[index]!) / sum
}

const cases: Case[] = [
  { name: 'add', inputs: [matrix(2, 3), matrix(2, 3)], build: add, expected: (i, a, b) => a![i]! + b![i]! },
  { name: 'add, broadcasting both ways', inputs: [matrix(2, 1, 3), matrix(4, 1)], build: add },
  {
    name: 'subtract, broadcasting',
    inputs: [matrix(2, 3), matrix(3)],
    build: subtract,
    expected: (i, a, b) => a![i]! - b![i % 3]!,
  },
  {
    name: 'multiply, broadcasting',
    inputs: [matrix(2, 3), matrix(2, 1)],
    build: multiply,
    expected: (i, a, b) => a![i]! * b![Math.floor(i / 3)]!,
  },
  { name: 'divide', inputs: [matrix(2, 3), positive(2, 3)], build: divide, expected: (i, a, b) => a![i]! / b![i]! },
  { name: 'scale', inputs: [matrix(4)], build: (x) => scale(x, -2.5), expected: (i, x) => -2.5 * x![i]! },
  { name: 'negate', inputs: [matrix(4)], build: negate, expected: (i, x) => -x![i]! },
  {
    name: 'a tensor used twice',
    inputs: [matrix(2, 2)],
    build: (x) => add(multiply(x, x), x),
    expected: (i, x) => x![i]! ** 2 + x![i]!,
  },
  { name: 'exp', inputs: [matrix(4)], build: exp, expected: (i, x) => Math.exp(x![i]!) },
  { name: 'log', inputs: [positive(4)], build: log, expected: (i, x) => Math.log(x![i]!) },
  { name: 'reciprocal', inputs: [positive(4)], build: reciprocal, expected: (i, x) => 1 / x![i]! },
  { name: 'sqrt', inputs: [positive(4)], build: sqrt, expected: (i, x) => Math.sqrt(x![i]!) },
  { name: 'sin', inputs: [matrix(4)], build: sin, expected: (i, x) => Math.sin(x![i]!) },
  { name: 'cos', inputs: [matrix(4)], build: cos, expected: (i, x) => Math.cos(x![i]!) },
  { name: 'tanh', inputs: [matrix(4)], build: tanh, expected: (i, x) => Math.tanh(x![i]!) },
  { name: 'sigmoid', inputs: [matrix(4)], build: sigmoid, expected: (i, x) => 1 / (1 + Math.exp(-x![i]!)) },
  { name: 'softplus', inputs: [matrix(4)], build: softplus, expected: (i, x) => Math.log(1 + Math.exp(x![i]!)) },
  { name: 'softmax', inputs: [matrix(3, 4)], build: softmax, expected: (i, x) => plainSoftmax(x!, i - (i % 4), 4, i) },
  {
    name: 'logSoftmax',
    inputs: [matrix(3, 4)],
    build: logSoftmax,
    expected: (i, x) => Math.log(plainSoftmax(x!, i - (i % 4), 4, i)),
  },
  {
    name: 'swiglu',
    inputs: [{ shape: [2, 3], from: -3, to: 3 }, matrix(2, 3)],
    build: swiglu,
    expected: (i, gate, x) => (gate![i]! / (1 + Math.exp(-gate![i]!))) * x![i]!,
  },
  {
    name: 'reduceSum over one axis',
    inputs: [matrix(2, 3)],
    build: (x) => reduceSum(x, [0]),
    expected: (i, x) => x![i]! + x![i + 3]!,
  },
  { name: 'reduceSum, kept axis', inputs: [matrix(2, 3, 2)], build: (x) => reduceSum(x, [1, 2], true) },
  {
    name: 'reduceSum of everything',
    inputs: [matrix(2, 3)],
    build: (x) => reduceSum(x),
    expected: (_, x) => x!.reduce((a, b) => a + b),
  },
  {
    name: 'broadcastTo',
    inputs: [matrix(2, 1)],
    build: (x) => broadcastTo(x, [3, 2, 4]),
    expected: (i, x) => x![Math.floor(i / 4) % 2]!,
  },
  {
    name: 'broadcastTo a named size',
    inputs: [named([3, 2], ['n', 2]), matrix(1, 2)],
    build: (x, y) => multiply(x, broadcastTo(y, ['n', 2])),
  },
  {
    name: 'zerosLike',
    inputs: [named([3, 2], ['n', 2])],
    build: (x) => add(x, zerosLike(x)),
    expected: (i, x) => x![i]!,
  },
  { name: 'reshape', inputs: [matrix(2, 6)], build: (x) => reshape(x, [3, 4]), expected: (i, x) => x![i]! },
  {
    name: 'reshape to named sizes',
    inputs: [named([2, 3, 4], ['b', 't', 4])],
    build: (x) => exp(reshape(reshape(x, ['rows', 4]), ['b', 't', 2, 2])),
    expected: (i, x) => Math.exp(x![i]!),
  },
  {
    name: 'transpose',
    inputs: [matrix(2, 3, 4)],
    build: (x) => transpose(x, [2, 0, 1]),
    expected: (i, x) => x![(i % 6) * 4 + Math.floor(i / 6)]!,
  },
  {
    name: 'concat and split',
    inputs: [matrix(2, 3), matrix(2, 2)],
    build: (a, b) => {
      const [x, , z] = split(concat([a, b], 1), 1, [1, 2, 2])
      return multiply(x!, z!)
    },
  },
  {
    name: 'splitEqually by name',
    inputs: [named([2, 4], [2, 't'])],
    build: (x) => {
      const [a, b] = splitEqually(x, 1, 2)
      return multiply(a!, concat([exp(b!)], 1))
    },
  },
  {
    name: 'product',
    inputs: [matrix(2, 3), matrix(3, 4)],
    build: (a, b) => product(a, b),
    expected: (i, a, b) => [0, 1, 2].reduce((sum, k) => sum + a![Math.floor(i / 4) * 3 + k]! * b![k * 4 + (i % 4)]!, 0),
  },
  {
    name: 'product, left transposed',
    inputs: [matrix(3, 2), matrix(3, 4)],
    build: (a, b) => product(a, b, { transposeLeft: true }),
  },
  {
    name: 'product, right transposed',
    inputs: [matrix(2, 3), matrix(4, 3)],
    build: (a, b) => product(a, b, { transposeRight: true }),
  },
  {
    name: 'product, both transposed',
    inputs: [matrix(3, 2), matrix(4, 3)],
    build: (a, b) => product(a, b, { transposeLeft: true, transposeRight: true }),
    expected: (i, a, b) => [0, 1, 2].reduce((sum, k) => sum + a![k * 2 + Math.floor(i / 4)]! * b![(i % 4) * 3 + k]!, 0),
  },
  {
    name: 'linear with bias',
    inputs: [named([3, 2], ['n', 2]), matrix(4, 2), matrix(4)],
    build: linear,
    expected: (i, x, w, b) =>
      x![Math.floor(i / 4) * 2]! * w![(i % 4) * 2]! +
      x![Math.floor(i / 4) * 2 + 1]! * w![(i % 4) * 2 + 1]! +
      b![i % 4]!,
  },
  { name: 'matMul', inputs: [matrix(2, 2, 3), matrix(2, 3, 2)], build: matMul },
  {
    name: 'matMul of swapped operands',
    inputs: [matrix(2, 3, 2), matrix(2, 4, 3)],
    build: (a, b) => matMul(swapLast(a), swapLast(b)),
  },
  {
    name: 'gatherRows with repeats',
    inputs: [matrix(4, 3)],
    build: (x) => gatherRows(x, int32(x, [1, 3, 1, 0], [2, 2])),
    expected: (i, x) => x![[1, 3, 1, 0][Math.floor(i / 3)]! * 3 + (i % 3)]!,
  },
  {
    name: 'scatterAddRows with repeats',
    inputs: [matrix(3, 2), matrix(4, 2)],
    build: (values, like) => add(scatterAddRows(values, int32(values, [2, 0, 2]), like), like),
    expected: (i, v, like) =>
      like![i]! + ([v![2 + i], v![2 + i], 0, 0, v![i - 4]! + v![i]!, v![i - 4]! + v![i]!, 0, 0][i] ?? 0),
  },
  {
    name: 'pick',
    inputs: [matrix(3, 4)],
    build: (x) => pick(x, int32(x, [0, 3, 3])),
    expected: (i, x) => x![i * 4 + [0, 3, 3][i]!]!,
  },
  {
    name: 'cast',
    inputs: [matrix(3)],
    build: (x) => multiply(x, cast(int32(x, [2, -1, 5]), 'float32')),
    expected: (i, x) => x![i]! * [2, -1, 5][i]!,
  },
  {
    name: 'where, lessOrEqual and positionsAlong',
    inputs: [named([2, 3], ['n', 'm'])],
    build: (x) =>
      multiply(
        x,
        where(lessOrEqual(positionsAlong(x, 1, 'int32'), int32(x, [1])), x.graph.scalar(2), x.graph.scalar(-3)),
      ),
    expected: (i, x) => x![i]! * (i % 3 <= 1 ? 2 : -3),
  },
  {
    name: 'crossEntropy',
    inputs: [matrix(3, 4)],
    build: (x) => crossEntropy(x, int32(x, [2, 0, 2])),
    expected: (i, x) => -Math.log(plainSoftmax(x!, i * 4, 4, i * 4 + [2, 0, 2][i]!)),
  },
  {
    name: 'rmsNorm',
    inputs: [matrix(3, 4), matrix(4)],
    build: (x, weight) => rmsNorm(x, weight, 1e-5),
    expected: (i, x, weight) => {
      const row = [...x!.slice(i - (i % 4), i - (i % 4) + 4)]
      return (x![i]! / Math.sqrt(row.reduce((sum, value) => sum + value * value, 0) / 4 + 1e-5)) * weight![i % 4]!
    },
  },
  {
    name: 'rotary',
    inputs: [matrix(1, 2, 3, 4)],
    build: (x) => {
      const angles = [0, 1, 2, 3, 4, 5].flatMap((position) => [position, position * 0.1])
      const table = (wave: (angle: number) => number) =>
        x.graph.constant('float32', [6, 2], Float32Array.from(angles, wave))
      return rotary(x, int32(x, [0, 5, 2], [1, 3]), table(Math.cos), table(Math.sin))
    },
    expected: (i, x) => {
      const position = [0, 5, 2][Math.floor(i / 4) % 3]!
      const angle = position * [1, 0.1][i % 2]!
      return i % 4 < 2
        ? x![i]! * Math.cos(angle) - x![i + 2]! * Math.sin(angle)
        : x![i]! * Math.cos(angle) + x![i - 2]! * Math.sin(angle)
    },
  },
  {
    name: 'attention, one head by hand',
    inputs: [matrix(1, 1, 2, 2), matrix(1, 1, 2, 2), matrix(1, 1, 2, 2)],
    build: (q, k, v) => attention(q, k, v, causal(q, 1, 2, 2)),
    expected: (i, q, k, v) => {
      if (i < 2) return v![i]!
      const scores = [0, 2].map((key) => (q![2]! * k![key]! + q![3]! * k![key + 1]!) / Math.sqrt(2))
      return plainSoftmax(scores, 0, 2, 0) * v![i - 2]! + plainSoftmax(scores, 0, 2, 1) * v![i]!
    },
  },
  {
    name: 'attention, grouped heads',
    inputs: [matrix(2, 4, 3, 2), matrix(2, 2, 3, 2), matrix(2, 2, 3, 2)],
    build: (q, k, v) => attention(q, k, v, causal(q, 2, 3, 3)),
  },
  {
    name: 'causalAttention in two parts',
    inputs: [matrix(1, 2, 4, 2), matrix(1, 1, 4, 2), matrix(1, 1, 4, 2)],
    build: (q, k, v) => causalAttention(q, k, v, [causal(q, 1, 2, 2), causal(q, 1, 2, 4)]),
  },
  {
    name: 'dropout',
    inputs: [named([3, 4], ['n', 4])],
    build: (x) => dropout(x, 0.5, x.graph.constant('float32', [3], Float32Array.of(3.7, 41.2, 9.9)), 'test'),
  },
]

describe('operations', () => {
  it.each(cases)('$name: result by its definition, gradients by finite differences', async ({
    inputs,
    build,
    expected,
  }) => {
    const check = await checkGradients(build, inputs)
    if (expected) {
      const wanted = Array.from(check.result, (_, index) => expected(index, ...(check.inputs as Float32Array[])))
      for (const [index, value] of wanted.entries()) expect(check.result[index]).toBeCloseTo(value, 5)
    }
    for (const error of check.errors) expect(error).toBeLessThan(1e-3)
  })

  it('computes causal attention in parts as in one piece', async () => {
    const shapes = [matrix(2, 4, 8, 2), matrix(2, 2, 8, 2), matrix(2, 2, 8, 2)]
    const whole = await checkGradients((q, k, v) => attention(q, k, v, causal(q, 2, 8, 8)), shapes.slice(0, 3), 0.2)
    const parts = await checkGradients(
      (q, k, v) =>
        causalAttention(
          q,
          k,
          v,
          [2, 4, 6, 8].map((columns) => causal(q, 2, 2, columns)),
        ),
      shapes,
      0.2,
    )
    for (const [index, value] of whole.result.entries()) expect(parts.result[index]).toBeCloseTo(value, 5)
  })

  it('drops about the asked share of elements and scales the others', async () => {
    const ones = { shape: [64, 24], from: 1, to: 1 }
    const { result } = await checkGradients(
      (x) =>
        dropout(
          x,
          0.25,
          x.graph.constant(
            'float32',
            [64],
            Float32Array.from({ length: 64 }, (_, i) => 1 + ((i * 37.77) % 63)),
          ),
          'a',
        ),
      [ones],
    )
    const dropped = result.filter((value) => value === 0).length / result.length
    expect(dropped).toBeGreaterThan(0.2)
    expect(dropped).toBeLessThan(0.3)
    expect(result.every((value) => value === 0 || Math.abs(value - 4 / 3) < 1e-6)).toBe(true)
  })
})
