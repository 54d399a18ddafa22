import type { Correction } from '../contracts/correction.ts'

/** What became of a teacher's corrections. */
export interface CheckCounts {
  received: number
  kept: number
  /** Kept corrections that change the step; the others confirm it. */
  corrected: number
  /** By cause; causes that did not occur are absent. */
  dropped: Record<string, number>
  /** Corrections in which a check found something, whether they were dropped for it or not. */
  found: { unavailable: number; leak: number; hint: number; mention: number }
}

/** Counts checked corrections. What is received and not kept is in `dropped`, so nothing disappears. */
export function countChecks(corrections: Iterable<Correction>): CheckCounts {
  const counts: CheckCounts = {
    received: 0,
    kept: 0,
    corrected: 0,
    dropped: {},
    found: { unavailable: 0, leak: 0, hint: 0, mention: 0 },
  }
  for (const correction of corrections) addToCounts(counts, correction)
  return counts
}

/** Adds one checked correction to the counts. */
export function addToCounts(counts: CheckCounts, { isCorrected, checks, dropped }: Correction): void {
  counts.received++
  if (dropped !== undefined) counts.dropped[dropped] = (counts.dropped[dropped] ?? 0) + 1
  else {
    counts.kept++
    if (isCorrected) counts.corrected++
  }
  if (checks === undefined) return
  if (!checks.available) counts.found.unavailable++
  if (checks.leaks?.length) counts.found.leak++
  if (checks.hints?.length) counts.found.hint++
  if (checks.mentions?.length) counts.found.mention++
}
