/** An option that has to be chosen. Goals people wrote give values only; synthetic goals also name the option. */
export interface GoalOption {
  readonly name?: string
  readonly value: string
}

/** What a shopper is asked to buy, and all that the reward looks at (goal.get_goals). */
export interface Goal {
  /** The product that the request was written about. Others can satisfy it too. */
  readonly asin: string
  readonly category: string
  readonly query: string
  /** Title of that product. */
  readonly name: string
  readonly productCategory: string
  /** The request with its price, for example `i need a wig, and price lower than 40.00 dollars`. */
  readonly instruction: string
  readonly attributes: readonly string[]
  readonly options: readonly GoalOption[]
  /** Dollars; {@link noPriceBound} where the request names no price. */
  readonly priceUpper: number
  /** Relative probability with which a session without a number draws this goal. */
  readonly weight: number
}

/** The bound of goals whose product is too expensive for the bounds that WebShop draws from. */
export const noPriceBound = 1_000_000
