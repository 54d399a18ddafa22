import type { Measure } from '../evaluation/evaluation.ts'
import type { Proportion } from '../evaluation/wilson.ts'

/** `0.918` as `91.8`: a rate in per cent, without the sign. */
export function percent(rate: number, digits = 1): string {
  return (100 * rate).toFixed(digits)
}

/** `91.8 [85.9, 95.4]`: a rate in per cent with its interval. */
export function proportion({ rate, low, high }: Proportion, digits = 1): string {
  return `${percent(rate, digits)} [${percent(low, digits)}, ${percent(high, digits)}]`
}

/** `+3.5`, `-0.2`, `0.0`: a difference with its sign. */
export function signed(value: number, digits = 1): string {
  const text = Math.abs(value).toFixed(digits)
  return Number(text) === 0 ? text : `${value < 0 ? '-' : '+'}${text}`
}

/** `0.031`, `<0.001`: a p-value, no more exact than it deserves. */
export function pValue(value: number): string {
  return value < 0.001 ? '<0.001' : value.toFixed(3)
}

/** `61.8 [58.0, 65.6]`: a mean with its interval, in its own unit; a dash where there is none. */
export function measureCell(measure: Measure | undefined, digits = 1): string {
  if (measure === undefined) return '-'
  const { mean, low, high } = measure
  return `${mean.toFixed(digits)} [${low.toFixed(digits)}, ${high.toFixed(digits)}]`
}
