import type { SftExample } from '../contracts/example.ts'
import { createRandom } from '../support/random.ts'

/** Sets the rows of a share of the games apart. Whole games: rows of one game resemble each other. The same games in every dataset of a seed. */
export function splitHeldOut<Row extends SftExample>(
  examples: readonly Row[],
  { share, seed }: { share: number; seed: number },
): { train: Row[]; heldOut: Row[] } {
  const isHeldOut = (example: Row) => createRandom(seed, 'held out', gameOf(example)).next() < share
  return { train: examples.filter((row) => !isHeldOut(row)), heldOut: examples.filter(isHeldOut) }
}

/** A trajectory's id is `<phase>/<task>#<sample>`. */
function gameOf({ trajectoryId }: SftExample): string {
  return trajectoryId.replace(/^[^/]*\//, '').replace(/#\d+$/, '')
}
