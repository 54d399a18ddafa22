import type { Goal } from '../goal.ts'
import type { Product } from '../product.ts'
import type { PythonRandom } from '../python/python-random.ts'
import { drawPriceBound } from './price-bound.ts'

/** A request that a person wrote for a product (a row of `items_human_ins.json`). */
export interface HumanInstruction {
  readonly instruction: string
  readonly instruction_attributes: readonly string[]
  readonly instruction_options: readonly string[]
}

/** A product that requests were written for, with what it costs at purchase. */
export interface InstructedProduct {
  readonly product: Product
  readonly price: number
  readonly instructions: readonly HumanInstruction[]
}

/** Goals from requests that people wrote, in the products' order; a request without attributes makes none (goal.get_human_goals). */
export function humanGoals(products: Iterable<InstructedProduct>, random: PythonRandom): Goal[] {
  const goals: Goal[] = []
  for (const { product, price, instructions } of products) {
    for (const { instruction, instruction_attributes: attributes, instruction_options: options } of instructions) {
      if (attributes.length === 0) continue
      const bound = drawPriceBound(price, random)
      goals.push({
        asin: product.asin,
        category: product.category,
        query: product.query,
        name: product.title,
        productCategory: product.productCategory,
        instruction: instruction.replace(/^\.+|\.+$/g, '') + bound.text,
        attributes,
        options: options.map((value) => ({ value })),
        priceUpper: bound.upper,
        weight: 1,
      })
    }
  }
  return goals
}
