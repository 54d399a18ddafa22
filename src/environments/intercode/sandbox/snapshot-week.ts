import type { RootDescription } from './contract.ts'

const hour = 60 * 60 * 1000
const week = 7 * 24 * hour

/**
 * Belongs into the key of a snapshot whose files are of a certain age: which week it was made in, or which hour where dates are moved with the clock. Undefined
 * for others, which do not grow old.
 *
 * @param now milliseconds since 1970
 */
export function snapshotWeek({ age, clock }: Pick<RootDescription, 'age' | 'clock'>, now: number): number | undefined {
  if (clock !== undefined) return Math.floor(now / hour)
  return age === undefined ? undefined : Math.floor(now / week)
}
