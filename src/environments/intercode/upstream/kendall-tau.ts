import { compareCodePoints } from './compare-code-points.ts'

/**
 * Kendall's tau-b of two lists of strings of one length, as `scipy.stats.kendalltau` (values compared by code point), -1 to 1, in O(n log n)
 * (Knight 1966).
 *
 * @returns NaN for fewer than two elements, or where all of a list are equal
 * @throws RangeError if the lengths differ
 */
export function kendallTau(first: readonly string[], second: readonly string[]): number {
  if (first.length !== second.length)
    throw new RangeError(`kendallTau: expected lists of one length, found ${first.length} and ${second.length}`)
  const size = first.length
  const x = ranks(first)
  const y = ranks(second)
  const order = Array.from({ length: size }, (_, index) => index).sort((i, j) => x[i]! - x[j]! || y[i]! - y[j]!)
  const sortedY = order.map((index) => y[index]!)
  const both = tiedPairs(first.map((_, index) => x[index]! * size + y[index]!))
  const xTies = tiedPairs(x)
  const yTies = tiedPairs(y)
  const pairs = (size * (size - 1)) / 2
  if (pairs === xTies || pairs === yTies) return Number.NaN
  const concordantMinusDiscordant = pairs - xTies - yTies + both - 2 * inversions(sortedY)
  const tau = concordantMinusDiscordant / Math.sqrt(pairs - xTies) / Math.sqrt(pairs - yTies)
  return Math.min(1, Math.max(-1, tau))
}

/** Each value's place among the distinct values. */
function ranks(values: readonly string[]): number[] {
  const place = new Map([...new Set(values)].sort(compareCodePoints).map((value, index) => [value, index]))
  return values.map((value) => place.get(value)!)
}

function tiedPairs(values: readonly number[]): number {
  const counts = new Map<number, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  let pairs = 0
  for (const count of counts.values()) pairs += (count * (count - 1)) / 2
  return pairs
}

/** Pairs that stand in the wrong order, counted by a merge sort. */
function inversions(values: readonly number[]): number {
  let count = 0
  let from = [...values]
  let to = new Array<number>(values.length)
  for (let width = 1; width < values.length; width *= 2) {
    for (let start = 0; start < values.length; start += 2 * width) {
      const middle = Math.min(start + width, values.length)
      const end = Math.min(start + 2 * width, values.length)
      let left = start
      let right = middle
      for (let index = start; index < end; index++) {
        if (left < middle && (right >= end || from[left]! <= from[right]!)) to[index] = from[left++]!
        else {
          count += middle - left
          to[index] = from[right++]!
        }
      }
    }
    ;[from, to] = [to, from]
  }
  return count
}
