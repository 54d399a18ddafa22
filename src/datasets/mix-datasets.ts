import { createRandom } from '../support/random.ts'

/** How the datasets D_0..D_i become the rows of one SFT. */
export type Mixture = 'union' | 'equal'

/**
 * `union`: all rows, as Algorithm 1 says. `equal`: as many of every dataset as the smallest has, drawn by the seed, as LEAP's released code does.
 * Empty datasets are left out: a student that never failed leaves no corrections, and must not empty the others.
 */
export function mixDatasets<Row>(datasets: readonly (readonly Row[])[], mixture: Mixture, seed: number): Row[] {
  if (mixture === 'union') return datasets.flat()
  const filled = datasets.filter((rows) => rows.length > 0)
  const size = Math.min(...filled.map((rows) => rows.length))
  return filled.flatMap((rows, index) =>
    rows.length === size ? [...rows] : createRandom(seed, 'equal mixture', index).shuffle(rows).slice(0, size),
  )
}
