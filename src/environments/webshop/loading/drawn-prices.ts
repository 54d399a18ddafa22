import type { PythonRandom } from '../python/python-random.ts'

/** What a product costs at purchase: its price, or of a range a price drawn uniformly (engine.generate_product_prices), in the products' order. */
export function drawPrice(pricing: readonly number[], random: PythonRandom): number {
  const [low, high] = pricing
  return high === undefined ? low! : random.uniform(low!, high)
}
