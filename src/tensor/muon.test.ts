import { describe, expect, it } from 'vitest'
import { createRandom } from '../support/random.ts'
import { muonDirection, muonMove } from './muon.ts'
import { MuonUpdater } from './muon-updater.ts'
import { newtonSchulzCoefficients, newtonSchulzSteps } from './orthogonalise.ts'

const normals = (size: number, name: string) => {
  const random = createRandom(5, name)
  return Float32Array.from({ length: size }, () => random.normal())
}
const settings = { learningRate: 1, momentum: 0.95, gradientScale: 1 }

/** The first update of zero weights by this gradient, negated: the orthogonalised direction times the rate of the shape. */
async function orthogonalised(gradients: Float32Array, rows: number, columns: number): Promise<Float32Array> {
  const arrays = { weights: new Float32Array(rows * columns), gradients, momentum: new Float32Array(rows * columns) }
  const matrix = { offset: 0, rows, columns, decay: 0 }
  const updater = await MuonUpdater.open(arrays, [matrix])
  await updater.update(matrix, settings)
  await updater.dispose()
  return arrays.weights.map((weight) => -weight / Math.sqrt(Math.max(1, rows / columns)))
}

type Matrix = number[][]
const toMatrix = (flat: Float32Array, columns: number): Matrix =>
  Array.from({ length: flat.length / columns }, (_, row) => [...flat.subarray(row * columns, (row + 1) * columns)])
const turned = (x: Matrix): Matrix => x[0]!.map((_, column) => x.map((row) => row[column]!))
const times = (a: Matrix, b: Matrix): Matrix =>
  a.map((row) => b[0]!.map((_, column) => row.reduce((sum, value, k) => sum + value * b[k]![column]!, 0)))
const combined = (a: Matrix, factorA: number, b: Matrix, factorB: number): Matrix =>
  a.map((row, i) => row.map((value, j) => factorA * value + factorB * b[i]![j]!))

/** The iteration as it is written down in the publication, in double precision. */
function reference(gradient: Matrix): Matrix {
  const [a, b, c] = newtonSchulzCoefficients
  const tall = gradient.length > gradient[0]!.length
  const norm = Math.hypot(...gradient.flat())
  let x = (tall ? turned(gradient) : gradient).map((row) => row.map((value) => value / norm))
  for (let step = 0; step < newtonSchulzSteps; step++) {
    const gram = times(x, turned(x))
    const polynomial = combined(gram, b, times(gram, gram), c)
    x = combined(x, a, times(polynomial, x), 1)
  }
  return tall ? turned(x) : x
}

/** Singular values by one-sided Jacobi rotations. */
function singularValues(matrix: Matrix): number[] {
  const columns = matrix.length > matrix[0]!.length ? turned(matrix) : matrix.map((row) => [...row])
  const dot = (left: number[], right: number[]) => left.reduce((sum, value, k) => sum + value * right[k]!, 0)
  for (let sweep = 0; sweep < 8; sweep++)
    for (let i = 0; i < columns.length; i++)
      for (let j = i + 1; j < columns.length; j++) {
        const [left, right] = [columns[i]!, columns[j]!]
        const angle = 0.5 * Math.atan2(2 * dot(left, right), dot(left, left) - dot(right, right))
        const [cosine, sine] = [Math.cos(angle), Math.sin(angle)]
        columns[i] = left.map((value, k) => cosine * value + sine * right[k]!)
        columns[j] = right.map((value, k) => cosine * value - sine * left[k]!)
      }
  return columns.map((column) => Math.hypot(...column)).sort((a, b) => a - b)
}

describe('MuonUpdater', () => {
  it.each([
    [24, 40],
    [40, 24],
    [33, 33],
  ])('orthogonalises a %d x %d gradient as the published iteration does', async (rows, columns) => {
    const gradient = normals(rows * columns, `${rows} by ${columns}`)
    const expected = reference(toMatrix(gradient, columns)).flat()
    const found = await orthogonalised(gradient, rows, columns)
    const difference = Math.max(...expected.map((value, index) => Math.abs(value - found[index]!)))
    expect(difference).toBeLessThan(1e-4)
    expect(Math.max(...expected.map(Math.abs))).toBeGreaterThan(0.3)
  })

  it.each([
    [24, 40],
    [40, 24],
    [64, 20],
  ])('brings all singular values of a %d x %d gradient near 1', async (rows, columns) => {
    const gradient = normals(rows * columns, `spectrum ${rows} ${columns}`)
    // Rows of very different length spread the spectrum over two orders of magnitude.
    for (let i = 0; i < gradient.length; i++) gradient[i] = gradient[i]! * 10 ** ((-1.5 * (i % columns)) / columns)
    const before = singularValues(toMatrix(gradient, columns))
    expect(before.at(-1)! / before[0]!).toBeGreaterThan(10)
    const after = singularValues(toMatrix(await orthogonalised(gradient, rows, columns), columns))
    expect(after[0]!).toBeGreaterThan(0.65)
    expect(after.at(-1)!).toBeLessThan(1.25)
  })

  it('leaves weights alone where there is no gradient', async () => {
    expect([...(await orthogonalised(new Float32Array(6), 2, 3))].map(Math.abs)).toEqual([0, 0, 0, 0, 0, 0])
  })

  it('updates only the matrix that it is asked for, at its offset', async () => {
    const gradients = normals(40, 'two matrices')
    const arrays = { weights: normals(40, 'weights'), gradients, momentum: new Float32Array(40) }
    const before = arrays.weights.slice()
    const matrices = [
      { offset: 0, rows: 4, columns: 4, decay: 0.5 },
      { offset: 16, rows: 6, columns: 4, decay: 0.5 },
    ]
    const updater = await MuonUpdater.open(arrays, matrices)
    await updater.update(matrices[1]!, { ...settings, learningRate: 0.1 })
    await updater.dispose()
    expect(arrays.weights.slice(0, 16)).toEqual(before.slice(0, 16))
    expect(arrays.momentum.slice(0, 16)).toEqual(new Float32Array(16))
    const orthogonal = reference(toMatrix(gradients.slice(16), 4)).flat()
    for (const [i, value] of orthogonal.entries())
      expect(arrays.weights[16 + i]).toBeCloseTo(before[16 + i]! * (1 - 0.1 * 0.5) - 0.1 * Math.sqrt(1.5) * value, 4)
  })
})

describe('muonDirection', () => {
  it('looks ahead along the running mean of scaled gradients', () => {
    const momentum = Float32Array.of(1, 0)
    const direction = new Float32Array(2)
    muonDirection({ gradients: Float32Array.of(0, 4), momentum }, { momentum: 0.75, gradientScale: 0.5 }, direction)
    // Mean: 0.75 * [1, 0] + 0.25 * [0, 2]; ahead: 0.75 * mean + 0.25 * [0, 2].
    expect([...momentum]).toEqual([0.75, 0.5])
    const length = Math.hypot(0.5625, 0.875)
    expect(direction[0]).toBeCloseTo(0.5625 / length, 5)
    expect(direction[1]).toBeCloseTo(0.875 / length, 5)
  })
})

describe('muonMove', () => {
  it('moves further in tall matrices and not less in wide ones', () => {
    const moved = (rows: number, columns: number) => {
      const weights = new Float32Array(4).fill(1)
      muonMove(weights, new Float32Array(4).fill(0.5), { rows, columns, decay: 0.1 }, 0.2)
      return weights[0]!
    }
    expect(moved(2, 2)).toBeCloseTo(0.98 - 0.1, 6)
    expect(moved(4, 1)).toBeCloseTo(0.98 - 0.2, 6)
    expect(moved(1, 4)).toBeCloseTo(0.98 - 0.1, 6)
  })
})
