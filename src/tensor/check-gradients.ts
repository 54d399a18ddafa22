import { createRandom } from '../support/random.ts'
import { gradients } from './gradients.ts'
import { Graph } from './graph.ts'
import { multiply } from './operations/arithmetic.ts'
import { reduceSum } from './operations/broadcast.ts'
import { type HostTensor, hostTensor, openSession } from './session.ts'
import type { Shape, Tensor } from './types.ts'

/** A float32 input of an operation under test: its sizes, optionally their names in the graph, and the range of its numbers. */
export interface CheckedInput {
  shape: readonly number[]
  names?: Shape
  from?: number
  to?: number
}

export interface GradientCheck {
  /** The operation's numbers, for comparison with a formula. */
  result: Float32Array
  inputs: readonly Float32Array[]
  /** Largest |gradient - finite difference| relative to the largest finite difference (or 1, if that is smaller), per input. */
  errors: readonly number[]
}

/**
 * For tests: compares the gradients of a random weighting of `build`'s result by every element of every input with central
 * finite differences (extrapolated from two step sizes, summed in double precision, since the graph computes in single).
 */
export async function checkGradients(
  build: (...inputs: Tensor[]) => Tensor,
  inputs: readonly CheckedInput[],
  step = 0.04,
): Promise<GradientCheck> {
  const random = createRandom(7, 'gradient check')
  const values = inputs.map(({ shape, from = -1, to = 1 }) =>
    Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => from + (to - from) * random.next()),
  )
  const graph = new Graph()
  const tensors = inputs.map(({ shape, names }, index) => graph.input(`x${index}`, 'float32', names ?? shape))
  const result = build(...tensors)
  const weighting = graph.input('weighting', 'float32', result.shape)
  graph.output('result', result)
  gradients(reduceSum(multiply(result, weighting)), tensors).forEach((gradient, index) => {
    graph.output(`gradient${index}`, gradient)
  })
  const session = await openSession(graph, { threads: 1 })
  try {
    const feeds: Record<string, HostTensor> = Object.fromEntries(
      inputs.map(({ shape }, index) => [`x${index}`, hostTensor('float32', values[index]!, shape)]),
    )
    const resultShape = shapeOf(result, inputs)
    const weights = Float32Array.from({ length: resultShape.reduce((a, b) => a * b, 1) }, () => random.normal())
    feeds.weighting = hostTensor('float32', weights, resultShape)
    const evaluate = async () => {
      const { result: found } = await session.run(feeds)
      return (found!.data as Float32Array).reduce((sum, value, index) => sum + value * weights[index]!, 0)
    }
    const analytic = await session.run(feeds)
    const errors: number[] = []
    for (const [index, numbers] of values.entries()) {
      const numeric: number[] = []
      for (let element = 0; element < numbers.length; element++) {
        const original = numbers[element]!
        const slope = async (distance: number) => {
          numbers[element] = original + distance
          const above = await evaluate()
          numbers[element] = original - distance
          const below = await evaluate()
          numbers[element] = original
          return (above - below) / (2 * distance)
        }
        numeric.push((4 * (await slope(step / 2)) - (await slope(step))) / 3)
      }
      const found = analytic[`gradient${index}`]!.data as Float32Array
      const largest = Math.max(1, ...numeric.map(Math.abs))
      errors.push(Math.max(...numeric.map((slope, element) => Math.abs(slope - found[element]!))) / largest)
    }
    return { result: analytic.result!.data as Float32Array, inputs: values, errors }
  } finally {
    await session.dispose()
  }
}

function shapeOf(result: Tensor, inputs: readonly CheckedInput[]): number[] {
  const sizes = new Map<string, number>()
  for (const { shape, names } of inputs)
    names?.forEach((name, axis) => {
      if (typeof name === 'string') sizes.set(name, shape[axis]!)
    })
  return result.shape.map((dimension) => {
    if (typeof dimension === 'number') return dimension
    const [name, parts] = dimension.split('/')
    return sizes.get(name!)! / Number(parts ?? 1)
  })
}
