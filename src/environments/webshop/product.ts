/** One option of a product, for example `color` with the values that can be chosen. Names and values are lower-case. */
export interface ProductOption {
  readonly name: string
  readonly values: readonly string[]
}

/** A product as WebShop keeps it after loading (engine.load_products). */
export interface Product {
  /** At most 10 characters, upper-case as in the file. */
  readonly asin: string
  readonly title: string
  readonly description: string
  readonly bulletPoints: readonly string[]
  /** `DUMMY_ATTR` alone where the attributes file does not know the product. Never shown unless the shop shows attributes. */
  readonly attributes: readonly string[]
  /** In the file's order, which is the order on the page and in the search index. */
  readonly options: readonly ProductOption[]
  /** Dollars: one price, or the lower and the upper end of a range as the file gives them. */
  readonly pricing: readonly number[]
  /** As shown on pages: `$18.0` or `$10.99 to $11.99`. */
  readonly priceTag: string
  /** One of the five departments, for example `beauty`. */
  readonly category: string
  /** The search under which the product was collected, lower-case. */
  readonly query: string
  /** Path with ` › ` between its parts. */
  readonly productCategory: string
  /** Address of the first image; empty where there is none. */
  readonly mainImage: string
}
