import type { Goal } from '../goal.ts'
import { noPriceBound } from '../goal.ts'

const priceText = /, and price lower than (\d+\.\d\d) dollars$/

/** A request without its price, and the price. The bound is drawn anew by every process of WebShop, so recordings differ in it. */
export function splitRequest(request: string): { words: string; upper: number } {
  const match = priceText.exec(request)
  return match === null
    ? { words: request, upper: noPriceBound }
    : { words: request.slice(0, match.index), upper: Number(match[1]) }
}

/** The goal with the bound that a recorded request names. */
export function withRequest(goal: Goal, request: string): Goal {
  return { ...goal, instruction: request, priceUpper: splitRequest(request).upper }
}
