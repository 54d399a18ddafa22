import { PythonRandom } from '../python/python-random.ts'

/** The seed with which WebShop fixes the order of its goals. */
const orderSeed = 233

/** Goals in the official order, in which a goal's number is its place. */
export function orderGoals<T>(goals: readonly T[]): T[] {
  const ordered = [...goals]
  new PythonRandom(orderSeed).shuffle(ordered)
  return ordered
}
