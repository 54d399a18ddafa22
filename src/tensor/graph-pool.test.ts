import { describe, expect, it } from 'vitest'
import { encodeGraph } from './encode-graph.ts'
import { gradients } from './gradients.ts'
import { Graph } from './graph.ts'
import { GraphPool } from './graph-pool.ts'
import type { PlainTensor } from './graph-worker-protocol.ts'
import { multiply, subtract } from './operations/arithmetic.ts'
import { reduceSum } from './operations/broadcast.ts'
import { ParameterStore, sharedFloats } from './parameter-store.ts'

/** Squared error of one weight vector against fed targets. */
function regression(): Uint8Array {
  const graph = new Graph()
  const weights = graph.input('w', 'float32', [3])
  const error = subtract(weights, graph.input('target', 'float32', ['n', 3]))
  const loss = reduceSum(multiply(error, error))
  graph.output('loss', loss)
  graph.output('gradient', gradients(loss, [weights])[0]!)
  return encodeGraph(graph)
}

const target = (...rows: number[][]): Record<string, PlainTensor> => ({
  target: { type: 'float32', data: Float32Array.from(rows.flat()), shape: [rows.length, 3] },
})

async function openPool(threads: number, lanes: number) {
  const store = new ParameterStore([{ name: 'w', shape: [3] }])
  store.set('w', [1, 2, 3])
  const length = store.values.length
  const pool = await GraphPool.open(
    {
      model: regression(),
      fixed: { w: { type: 'float32', data: store.get('w'), shape: [3] } },
      gradientSlots: [{ output: 'gradient', offset: 0, shape: [3] }],
      lanes: Array.from({ length: lanes }, () => sharedFloats(length)),
      optimiser: {
        weights: store.values,
        firstMoment: sharedFloats(length),
        secondMoment: sharedFloats(length),
        decays: [{ start: 0, end: 3, decay: 0 }],
      },
    },
    threads,
  )
  return { pool, store }
}

describe('GraphPool', () => {
  it.each([
    { threads: 1, lanes: 1 },
    { threads: 2, lanes: 2 },
    { threads: 3, lanes: 8 },
  ])('adds up the gradients of all micro-batches, $threads threads, $lanes lanes', async ({ threads, lanes }) => {
    const { pool, store } = await openPool(threads, lanes)
    try {
      const batches = [0, 1, 2, 3, 4].map((value) => target([value, 0, 0], [0, 0, value]))
      for (const _ of [1, 2]) {
        const outputs = await pool.run(batches)
        expect(outputs.map((output) => output.loss![0])).toEqual(
          [0, 1, 2, 3, 4].map((v) => (1 - v) ** 2 + 1 + 8 + 9 + (3 - v) ** 2),
        )
        // Per batch: 2 (w - t) summed over its two rows; over five batches: w sums to 10 w, t to 10 in places 0 and 2.
        const norm = await pool.reduce(batches.length, 0.5)
        expect([...pool.gradient.subarray(0, 3)]).toEqual([10 - 10, 20, 30 - 10])
        expect(norm).toBeCloseTo(Math.hypot(0, 20, 20), 5)
      }
      await pool.update({ step: 1, learningRate: 0.1, betas: [0.9, 0.98], epsilon: 1e-8, gradientScale: 1 })
      expect([...store.get('w')].map((weight) => Math.round(weight * 1e5) / 1e5)).toEqual([1, 1.9, 2.9])
    } finally {
      await pool.close()
    }
  })

  it('reports a failing run and goes on', async () => {
    const { pool } = await openPool(2, 2)
    try {
      const wrong = { target: { type: 'float32', data: new Float32Array(2), shape: [1, 2] } } as const
      await expect(pool.run([wrong])).rejects.toMatchObject({ code: 'TENSOR_RUN' })
      expect((await pool.run([target([1, 2, 3])]))[0]!.loss![0]).toBe(0)
    } finally {
      await pool.close()
    }
  })

  it('updates matrices with Muon only, and asks for its settings', async () => {
    const store = new ParameterStore([{ name: 'w', shape: [3] }])
    store.set('w', [1, 2, 3])
    const length = store.values.length
    const moments = { firstMoment: sharedFloats(length), secondMoment: sharedFloats(length) }
    const matrices = [{ offset: 0, rows: 1, columns: 3, decay: 0 }]
    const pool = await GraphPool.open(
      {
        model: regression(),
        fixed: { w: { type: 'float32', data: store.get('w'), shape: [3] } },
        gradientSlots: [{ output: 'gradient', offset: 0, shape: [3] }],
        lanes: [sharedFloats(length)],
        optimiser: { weights: store.values, ...moments, decays: [], matrices },
      },
      2,
    )
    const adamw = { step: 1, learningRate: 0.1, betas: [0.9, 0.98], epsilon: 1e-8, gradientScale: 1 } as const
    try {
      await pool.run([target([1, 2, 0])])
      await pool.reduce(1, 1)
      await expect(pool.update(adamw)).rejects.toMatchObject({ code: 'TENSOR_OPTIMISER' })
      await pool.update(adamw, { learningRate: 0.1, momentum: 0.5, gradientScale: 1 })
      // The gradient [0, 0, 6] is a row of one singular value, which becomes about 1.
      expect([...store.get('w').subarray(0, 2)]).toEqual([1, 2])
      expect(3 - store.get('w')[2]!).toBeGreaterThan(0.065)
      expect(3 - store.get('w')[2]!).toBeLessThan(0.12)
      expect([...moments.firstMoment.subarray(0, 3)]).toEqual([0, 0, 3])
    } finally {
      await pool.close()
    }
  })

  it('reports a model that the runtime refuses', async () => {
    const start = { model: Uint8Array.of(1, 2, 3), fixed: {}, gradientSlots: [], lanes: [] }
    await expect(GraphPool.open(start, 1)).rejects.toMatchObject({ code: 'TENSOR_SESSION' })
  })
})
