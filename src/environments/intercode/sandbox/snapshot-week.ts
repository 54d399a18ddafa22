import type { RootDescription } from './contract.ts'

const week = 7 * 24 * 60 * 60 * 1000

/**
 * Belongs into the key of a snapshot whose files are of a certain age: which week it was made in. Undefined for others, which do not grow old.
 *
 * @param now milliseconds since 1970
 */
export const snapshotWeek = ({ age }: RootDescription, now: number): number | undefined =>
  age === undefined ? undefined : Math.floor(now / week)
