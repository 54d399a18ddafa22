import { z } from 'zod'
import { LeapError } from '../../../contracts/error.ts'
import { type Goal, noPriceBound } from '../goal.ts'
import { describeBound, unbound } from '../goals/price-bound.ts'
import { splitRequest } from '../goals/request-price.ts'

/** What products cost at purchase, by ASIN: the choice of one process of WebShop, which draws anew what has a price range. */
export type PriceTable = ReadonlyMap<string, number>

const tableSchema = z.record(z.string(), z.number().nonnegative())
const boundSchema = z.union([
  z.object({ idx: z.int().nonnegative(), price_upper: z.number().positive() }),
  // As published with complete human goals.
  z.object({ idx: z.int().nonnegative(), price_upper_in_that_run: z.number().positive() }),
])

/**
 * Reads `{ASIN: dollars}` (server.product_prices as JSON).
 * @throws LeapError `PRICES_INVALID` naming file and field
 */
export function readPriceTable(text: string, where: string): PriceTable {
  return new Map(Object.entries(check(tableSchema, parse(text, where), where, '{ASIN: dollars}')))
}

/**
 * Reads the bounds of goals by their number: `{"idx": 0, "price_upper": 40}` a line; further fields are left alone.
 * @throws LeapError `PRICES_INVALID` naming file, line and field
 */
export function readPriceBounds(text: string, where: string): ReadonlyMap<number, number> {
  const bounds = new Map<number, number>()
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue
    const at = `${where}:${index + 1}`
    const row = check(boundSchema, parse(line, at), at, '{"idx", "price_upper"}')
    bounds.set(row.idx, 'price_upper' in row ? row.price_upper : row.price_upper_in_that_run)
  }
  return bounds
}

/** Goals with the bounds of a table, in their requests too; goals that it lacks stay as they are. */
export function withPriceBounds(goals: readonly Goal[], bounds: ReadonlyMap<number, number>): Goal[] {
  return goals.map((goal, number) => {
    const upper = bounds.get(number)
    if (upper === undefined) return goal
    const bound = upper >= noPriceBound ? unbound : describeBound(upper)
    return { ...goal, instruction: splitRequest(goal.instruction).words + bound.text, priceUpper: bound.upper }
  })
}

function parse(text: string, where: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw invalid(where, `expected JSON, found ${JSON.stringify(text.slice(0, 60))}`, cause)
  }
}

function check<Schema extends z.ZodType>(schema: Schema, json: unknown, where: string, form: string): z.output<Schema> {
  const parsed = schema.safeParse(json)
  if (parsed.success) return parsed.data
  const field = parsed.error.issues[0]!.path.join('.')
  throw invalid(
    where,
    `expected ${form}${field === '' ? '' : `, found something else in field "${field}"`}`,
    parsed.error,
  )
}

function invalid(where: string, message: string, cause: unknown): LeapError {
  return new LeapError({ code: 'PRICES_INVALID', message: `${where}: ${message}`, cause })
}
