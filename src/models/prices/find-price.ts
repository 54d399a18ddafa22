import { z } from 'zod'
import { LeapError } from '../../contracts/error.ts'
import table from './prices.json' with { type: 'json' }

export const priceSchema = z.strictObject({
  /** US dollars per million tokens. */
  prompt: z.number().nonnegative(),
  completion: z.number().nonnegative(),
  /** For prompt tokens that the provider reads from its cache. Default: as `prompt`. */
  cachedPrompt: z.number().nonnegative().optional(),
})
export type Price = z.infer<typeof priceSchema>

/** Prices by model id (`openai:gpt-4o`), or for all models of a provider (`openai-compatible:*`). */
export const priceTableSchema = z.record(
  z.string().regex(/^[a-z-]+:.+$/, 'expected provider:model or provider:*'),
  priceSchema,
)
export type PriceTable = z.infer<typeof priceTableSchema>

/** What the price table of the package holds, and when it was looked up. */
export const builtInPrices: { asOf: string; prices: PriceTable } = {
  asOf: table.asOf,
  prices: priceTableSchema.parse(table.prices),
}

/**
 * A model's price: from the overrides, then from the package's table; by its full id, then as a dated version of a listed model
 * (`openai:gpt-4o-2024-11-20` costs what `openai:gpt-4o` does), then by its provider. Undefined where nobody knows.
 */
export function findPrice(id: string, overrides: PriceTable = {}): Price | undefined {
  for (const prices of [overrides, builtInPrices.prices]) {
    const found = prices[id] ?? prices[withoutVersion(id)] ?? prices[`${id.split(':', 1)[0]}:*`]
    if (found) return found
  }
  return undefined
}

/** A model's price where one is needed. Throws a LeapError `PRICE_UNKNOWN`. */
export function requirePrice(id: string, overrides: PriceTable = {}): Price {
  const price = findPrice(id, overrides)
  if (price) return price
  throw new LeapError({
    code: 'PRICE_UNKNOWN',
    message: `${id}: a budget needs the price of every model, and the table of ${builtInPrices.asOf} does not list this one`,
    remedy: `Set its price per million tokens, for example prices: { "${id}": { prompt: 0.5, completion: 1.5 } }; 0 for a server of your own.`,
  })
}

/** `gpt-4o-2024-08-06`, `claude-sonnet-4-5-20250929`, `gemini-2.0-flash-001`, `...-latest`: the name without what dates it. */
function withoutVersion(id: string): string {
  return id.replace(/-(?:\d{4}-\d{2}-\d{2}|\d{8}|\d{3}|latest)$/, '')
}
