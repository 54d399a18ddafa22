import { describe, expect, it } from 'vitest'
import { LeapError } from '../contracts/error.ts'
import { gradients } from './gradients.ts'
import { Graph } from './graph.ts'
import { add, multiply } from './operations/arithmetic.ts'
import { reduceSum } from './operations/broadcast.ts'
import { cast } from './operations/indexing.ts'
import { matMul, product } from './operations/matmul.ts'
import { reshape } from './operations/shape.ts'
import { hostTensor, openSession } from './session.ts'

const codeOf = (action: () => unknown) => {
  try {
    action()
  } catch (error) {
    return LeapError.is(error) ? error.code : error
  }
  return 'nothing thrown'
}

describe('Graph', () => {
  it('refuses what could only fail later, with a code', () => {
    const graph = new Graph()
    const x = graph.input('x', 'float32', [2, 3])
    graph.output('y', x)
    expect(codeOf(() => graph.input('x', 'float32', []))).toBe('TENSOR_NAME')
    expect(codeOf(() => graph.output('y', x))).toBe('TENSOR_NAME')
    expect(codeOf(() => graph.constant('float32', [2], new Float32Array(3)))).toBe('TENSOR_SHAPE')
    expect(codeOf(() => graph.dimension('n'))).toBe('TENSOR_SHAPE')
    expect(codeOf(() => add(x, graph.input('z', 'float32', [4])))).toBe('TENSOR_SHAPE')
    expect(codeOf(() => product(x, x))).toBe('TENSOR_SHAPE')
    expect(codeOf(() => matMul(x, x))).toBe('TENSOR_SHAPE')
    expect(codeOf(() => add(x, new Graph().input('x', 'float32', [2, 3])))).toBe('TENSOR_GRAPH')
  })

  it('does not take two differently named sizes for equal', () => {
    const graph = new Graph()
    const x = graph.input('x', 'float32', ['n'])
    expect(codeOf(() => add(x, graph.input('z', 'float32', ['m'])))).toBe('TENSOR_SHAPE')
  })

  it('runs with any size of a named dimension', async () => {
    const graph = new Graph()
    const x = graph.input('x', 'float32', ['batch', 'tokens', 2])
    graph.output('y', reshape(add(reshape(x, ['rows', 2]), graph.scalar(1)), ['batch', 'tokens', 2]))
    const session = await openSession(graph)
    for (const [batch, tokens] of [[1, 3] as const, [4, 2] as const, [1, 3] as const]) {
      const { y } = await session.run({
        x: hostTensor('float32', new Float32Array(batch * tokens * 2).fill(2), [batch, tokens, 2]),
      })
      expect(y!.dims).toEqual([batch, tokens, 2])
      expect([...(y!.data as Float32Array)].every((value) => value === 3)).toBe(true)
    }
    await session.dispose()
  })
})

describe('gradients', () => {
  it('reaches only what the result depends on', () => {
    const graph = new Graph()
    const [x, other] = [graph.input('x', 'float32', [2]), graph.input('other', 'float32', [2])]
    const y = reduceSum(multiply(x, x))
    expect(codeOf(() => gradients(y, [other]))).toBe('TENSOR_GRADIENT')
    expect(codeOf(() => gradients(x, [x]))).toBe('TENSOR_GRADIENT')
    expect(gradients(y, [x])[0]!.shape).toEqual([2])
  })

  it('takes a seed gradient for a result that is no scalar', async () => {
    const graph = new Graph()
    const x = graph.input('x', 'float32', [2])
    graph.output('g', gradients(multiply(x, x), [x], graph.constant('float32', [2], Float32Array.of(1, 10)))[0]!)
    const session = await openSession(graph)
    const { g } = await session.run({ x: hostTensor('float32', Float32Array.of(3, 4), [2]) })
    expect([...(g!.data as Float32Array)]).toEqual([6, 80])
    await session.dispose()
  })

  it('differentiates a gradient again', async () => {
    const graph = new Graph()
    const x = graph.input('x', 'float32', [1])
    const cube = multiply(x, multiply(x, x))
    const [first] = gradients(reduceSum(cube), [x])
    graph.output('second', gradients(reduceSum(first!), [x])[0]!)
    const session = await openSession(graph)
    const { second } = await session.run({ x: hostTensor('float32', Float32Array.of(2), [1]) })
    expect((second!.data as Float32Array)[0]).toBeCloseTo(12, 5)
    await session.dispose()
  })
})

describe('sessions', () => {
  it('write outputs into given arrays and read feeds as they are at that moment', async () => {
    const graph = new Graph()
    const x = graph.input('x', 'float32', [2])
    graph.output('y', add(x, x))
    const session = await openSession(graph)
    const numbers = Float32Array.of(1, 2)
    const flat = new Float32Array(4)
    const feeds = { x: hostTensor('float32', numbers, [2]) }
    const results = { y: hostTensor('float32', flat.subarray(1, 3), [2]) }
    await session.run(feeds, results)
    expect([...flat]).toEqual([0, 2, 4, 0])
    numbers[0] = 5
    await session.run(feeds, results)
    expect([...flat]).toEqual([0, 10, 4, 0])
    await session.dispose()
  })

  it('say why a graph is refused or a run failed', async () => {
    const graph = new Graph()
    const x = graph.input('x', 'float32', ['n'])
    graph.output(
      'y',
      graph.node({ operator: 'NoSuchOperator', inputs: [x], outputs: [{ type: 'float32', shape: ['n'] }] })[0]!,
    )
    await expect(openSession(graph)).rejects.toMatchObject({
      code: 'TENSOR_SESSION',
      message: expect.stringContaining('NoSuchOperator'),
    })

    const good = new Graph()
    good.output('y', cast(good.input('x', 'float32', [3]), 'int64'))
    const session = await openSession(good)
    const wrong = { x: hostTensor('float32', new Float32Array(2), [2]) }
    await expect(session.run(wrong)).rejects.toMatchObject({
      code: 'TENSOR_RUN',
      message: expect.stringContaining('x'),
    })
    await session.dispose()
  })
})
