import type { Catalogue } from '../catalogue.ts'
import type { PythonRandom } from '../python/python-random.ts'

/** Hits that a search shows at most. */
export const searchLimit = 50

/**
 * Numbers of the products that a search shows (engine.get_top_n_product_from_keywords). A first word `<r>` draws products at random; `<a>`, `<c>`
 * and `<q>` list all products of an attribute, category or query. Undefined where upstream fails: `<c>` without a category, more
 * random products than there are.
 */
export function findProducts(
  keywords: readonly string[],
  catalogue: Catalogue,
  random: PythonRandom,
): readonly number[] | undefined {
  const [first, ...others] = keywords
  const rest = others.join(' ').trim()
  switch (first) {
    case '<r>':
      return catalogue.size < searchLimit ? undefined : random.sampleIndices(catalogue.size, searchLimit)
    case '<a>':
      return filter(catalogue, ({ attributes }) => attributes.includes(rest))
    case '<c>':
      return others.length === 0 ? undefined : filter(catalogue, ({ category }) => category === others[0]!.trim())
    case '<q>':
      return filter(catalogue, ({ query }) => query === rest)
    default:
      return catalogue.search(keywords.join(' '), searchLimit)
  }
}

function filter(catalogue: Catalogue, accept: (product: ReturnType<Catalogue['product']>) => boolean): number[] {
  const found: number[] = []
  for (let index = 0; index < catalogue.size; index++) if (accept(catalogue.product(index))) found.push(index)
  return found
}
