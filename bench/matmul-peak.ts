import { encodeGraph } from '../src/tensor/encode-graph.ts'
import { Graph } from '../src/tensor/graph.ts'
import { GraphPool } from '../src/tensor/graph-pool.ts'
import { reduceSum } from '../src/tensor/operations/broadcast.ts'
import { product } from '../src/tensor/operations/matmul.ts'
import { sharedFloats } from '../src/tensor/parameter-store.ts'
import { startWatch } from './watch.ts'

/** Shapes tried, [m, k, n]: from square to those of small models. */
const shapes = [
  [1024, 1024, 1024],
  [1024, 256, 1024],
  [4096, 352, 128],
  [2048, 512, 512],
] as const

export interface MatmulPeak {
  /** Floating-point operations a second with all threads together. */
  rate: number
  /** The same per second of processor time: what one core reaches, whatever else the machine does. */
  perCoreSecond: number
  shape: string
}

/**
 * The fastest that onnxruntime multiplies float32 matrices on this machine, all threads at once: best run of the best shape.
 * Every share of the peak that is printed refers to a peak measured in the same process.
 */
export async function matmulPeak(threads: number, rounds = 6): Promise<MatmulPeak> {
  let best: MatmulPeak = { rate: 0, perCoreSecond: 0, shape: '' }
  for (const [m, k, n] of shapes) {
    const graph = new Graph()
    const left = graph.input('left', 'float32', [m, k])
    const right = graph.input('right', 'float32', [k, n])
    // Several products in a run, so that the way there and back does not count; each differs, so that none is merged.
    const repeats = 10
    for (let i = 0; i < repeats; i++) {
      const result = product(left, graph.constant('float32', [k, n], new Float32Array(k * n).fill(i)))
      graph.output(`sum${i}`, reduceSum(product(result, right, { transposeRight: true })))
    }
    const fixed = {
      left: { type: 'float32', data: sharedFloats(m * k).fill(0.5), shape: [m, k] },
      right: { type: 'float32', data: sharedFloats(k * n).fill(0.5), shape: [k, n] },
    } as const
    const pool = await GraphPool.open({ model: encodeGraph(graph), fixed, gradientSlots: [], lanes: [] }, threads)
    try {
      const runs = Array.from({ length: threads }, () => ({}))
      for (let round = 0; round < rounds; round++) {
        const watch = startWatch()
        await pool.run(runs)
        const { wall, processor } = watch()
        const flops = threads * repeats * 4 * m * k * n
        if (round === 0) continue
        const perCoreSecond = Math.max(best.perCoreSecond, flops / processor)
        if (flops / wall > best.rate) best = { rate: flops / wall, perCoreSecond, shape: `${m}x${k}x${n}` }
        else best = { ...best, perCoreSecond }
      }
    } finally {
      await pool.close()
    }
  }
  return best
}
