import type { Goal, GoalOption } from '../goal.ts'
import type { Product, ProductOption } from '../product.ts'
import type { PythonRandom } from '../python/python-random.ts'
import { compareCodePoints } from '../python/python-text.ts'
import { drawPriceBound } from './price-bound.ts'

/** A product with the request that the attributes file has for it. */
export interface DescribedProduct {
  readonly product: Product
  readonly price: number
  readonly instruction: string
  readonly attributes: readonly string[]
}

/**
 * Goals from a request per product and every combination of its options, in the products' order (goal.get_synthetic_goals).
 * Its weight is the mean over its attributes of one over the number of goals that have the attribute.
 */
export function syntheticGoals(products: Iterable<DescribedProduct>, random: PythonRandom): Goal[] {
  const goals: Goal[] = []
  const counts = new Map<string, number>()
  for (const { product, price, instruction, attributes } of products) {
    const bound = drawPriceBound(price, random)
    for (const options of combine(product.options)) {
      for (const attribute of attributes) counts.set(attribute, (counts.get(attribute) ?? 0) + 1)
      const chosen = options.map(({ name, value }) => `${name}: ${value}`).join(', and ')
      goals.push({
        asin: product.asin,
        category: product.category,
        query: product.query,
        name: product.title,
        productCategory: product.productCategory,
        instruction: instruction + (chosen === '' ? '' : ` with ${chosen}`) + bound.text,
        attributes,
        options,
        priceUpper: bound.upper,
        weight: 0,
      })
    }
  }
  return goals.map((goal) => ({
    ...goal,
    weight: mean(goal.attributes.map((attribute) => 1 / counts.get(attribute)!)),
  }))
}

/** All combinations of option values; options sorted by name, the first one varying slowest. */
function combine(options: readonly ProductOption[]): GoalOption[][] {
  const sorted = options.toSorted((a, b) => compareCodePoints(a.name, b.name))
  return sorted.reduce<GoalOption[][]>(
    (rows, { name, values }) => rows.flatMap((row) => values.map((value) => [...row, { name, value }])),
    [[]],
  )
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
