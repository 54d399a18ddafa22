import { type MuonArrays, type MuonMatrix, type MuonStep, muonDirection, muonMove } from './muon.ts'
import { orthogonaliseGraph } from './orthogonalise.ts'
import { type HostTensor, hostTensor, openSession, type TensorSession } from './session.ts'

/** What matrices of one shape share: a graph ready to run, and the memory that it reads and writes. */
interface Shape {
  session: TensorSession
  direction: Float32Array
  orthogonal: Float32Array
  feeds: Record<string, HostTensor>
  results: Record<string, HostTensor>
}

/**
 * Updates matrices with Muon, one at a time on one thread: which of several updaters does a matrix does not change its numbers.
 * The arrays are flat; their views are cut by the matrices' offsets.
 */
export class MuonUpdater {
  readonly #arrays: MuonArrays
  readonly #shapes: ReadonlyMap<string, Shape>

  private constructor(arrays: MuonArrays, shapes: ReadonlyMap<string, Shape>) {
    this.#arrays = arrays
    this.#shapes = shapes
  }

  /** Makes the graphs of the matrices' shapes ready. Throws TENSOR_SESSION. */
  static async open(arrays: MuonArrays, matrices: readonly MuonMatrix[]): Promise<MuonUpdater> {
    const shapes = new Map<string, Shape>()
    for (const { rows, columns } of matrices)
      if (!shapes.has(key(rows, columns))) shapes.set(key(rows, columns), await openShape(rows, columns))
    return new MuonUpdater(arrays, shapes)
  }

  /** Updates weights and momentum of one of the matrices, in place. */
  async update(matrix: MuonMatrix, step: MuonStep): Promise<void> {
    const { offset, rows, columns } = matrix
    const cut = (flat: Float32Array) => flat.subarray(offset, offset + rows * columns)
    const { weights, gradients, momentum } = this.#arrays
    const { session, direction, orthogonal, feeds, results } = this.#shapes.get(key(rows, columns))!
    muonDirection({ gradients: cut(gradients), momentum: cut(momentum) }, step, direction)
    await session.run(feeds, results)
    muonMove(cut(weights), orthogonal, matrix, step.learningRate)
  }

  async dispose(): Promise<void> {
    for (const { session } of this.#shapes.values()) await session.dispose()
  }
}

async function openShape(rows: number, columns: number): Promise<Shape> {
  const direction = new Float32Array(rows * columns)
  const orthogonal = new Float32Array(rows * columns)
  return {
    session: await openSession(orthogonaliseGraph(rows, columns), { threads: 1 }),
    direction,
    orthogonal,
    feeds: { update: hostTensor('float32', direction, [rows, columns]) },
    results: { orthogonal: hostTensor('float32', orthogonal, [rows, columns]) },
  }
}

function key(rows: number, columns: number): string {
  return `${rows}x${columns}`
}
