/** A proportion with its 95 % confidence interval. */
export interface Proportion {
  rate: number
  low: number
  high: number
}

/** 97.5 % quantile of the standard normal distribution. */
export const normal95 = 1.959963984540054

/**
 * Wilson score interval of `successes` out of `count` (Wilson 1927), 95 %. Neither needs to be an integer: clustered data come in
 * as their effective numbers. An empty sample has rate 0 and the interval [0, 1]: nothing is known.
 */
export function wilson(successes: number, count: number): Proportion {
  if (!(count >= 0) || !(successes >= 0) || successes > count + 1e-9) {
    throw new RangeError(`Expected 0 <= successes <= count, found ${successes} of ${count}`)
  }
  if (count === 0) return { rate: 0, low: 0, high: 1 }
  const rate = Math.min(successes / count, 1)
  const square = normal95 ** 2
  const centre = (rate + square / (2 * count)) / (1 + square / count)
  const half = (normal95 / (1 + square / count)) * Math.sqrt((rate * (1 - rate)) / count + square / (4 * count * count))
  return { rate, low: rate === 0 ? 0 : Math.max(0, centre - half), high: rate === 1 ? 1 : Math.min(1, centre + half) }
}
