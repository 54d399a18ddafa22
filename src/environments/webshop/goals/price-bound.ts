import { noPriceBound } from '../goal.ts'
import type { PythonRandom } from '../python/python-random.ts'

const bounds = Array.from({ length: 99 }, (_, i) => 10 * (i + 1))

/** What a request says about its price. */
export interface PriceBound {
  /** Dollars. */
  readonly upper: number
  /** `, and price lower than 40.00 dollars`, or empty. */
  readonly text: string
}

/** Draws the larger of two of the first four multiples of 10 dollars, up to 990, above the product's price; none if there are fewer than two. */
export function drawPriceBound(price: number, random: PythonRandom): PriceBound {
  const above = bounds.filter((bound) => bound > price).slice(0, 4)
  return above.length < 2 ? unbound : describeBound(Math.max(...random.sample(above, 2)))
}

export function describeBound(upper: number): PriceBound {
  return { upper, text: `, and price lower than ${upper.toFixed(2)} dollars` }
}

export const unbound: PriceBound = { upper: noPriceBound, text: '' }
