import type { Checks, Correction } from '../contracts/correction.ts'

/** What became of a teacher's corrections. */
export interface CheckCounts {
  received: number
  kept: number
  /** Kept corrections that change the step; the others confirm it. */
  corrected: number
  /** By cause; causes that did not occur are absent. */
  dropped: Record<string, number>
  /** Corrections in which a check found something, whether they were dropped for it or not; of rewritten ones, what was found in the last version. */
  found: Findings
  /** Corrections that were shown to the teacher again, by the first objection, and how many of them were kept then. */
  rewritten: Record<string, { asked: number; kept: number }>
  /** Corrections that the student's surprise was measured for, and its sum in nats per token: their mean is in reports. */
  surprise: { measured: number; nats: number }
  /** Corrections that the blind judge was shown, and how often its verdict could not be read. */
  judged: { shown: number; unreadable: number }
}

export interface Findings {
  unavailable: number
  leak: number
  hint: number
  mention: number
  unjustified: number
}

const nothing = (): CheckCounts => ({
  received: 0,
  kept: 0,
  corrected: 0,
  dropped: {},
  found: { unavailable: 0, leak: 0, hint: 0, mention: 0, unjustified: 0 },
  rewritten: {},
  surprise: { measured: 0, nats: 0 },
  judged: { shown: 0, unreadable: 0 },
})

/** Counts checked corrections. What is received and not kept is in `dropped`, so nothing disappears. */
export function countChecks(corrections: Iterable<Correction>): CheckCounts {
  const counts = nothing()
  for (const correction of corrections) addToCounts(counts, correction)
  return counts
}

/** Adds one checked correction to the counts. */
export function addToCounts(counts: CheckCounts, { isCorrected, checks, dropped, rewritten }: Correction): void {
  counts.received++
  if (dropped !== undefined) counts.dropped[dropped] = (counts.dropped[dropped] ?? 0) + 1
  else {
    counts.kept++
    if (isCorrected) counts.corrected++
  }
  if (rewritten) {
    const sum = (counts.rewritten[rewritten.cause] ??= { asked: 0, kept: 0 })
    sum.asked++
    if (dropped === undefined) sum.kept++
  }
  if (checks) addChecks(counts, checks)
}

function addChecks(counts: CheckCounts, { available, leaks, hints, mentions, surprise, justified, because }: Checks) {
  const { found } = counts
  if (!available) found.unavailable++
  if (leaks?.length) found.leak++
  if (hints?.length) found.hint++
  if (mentions?.length) found.mention++
  if (surprise !== undefined) {
    counts.surprise.measured++
    counts.surprise.nats += surprise
  }
  if (justified === false) found.unjustified++
  if (justified !== undefined || because !== undefined) counts.judged.shown++
  if (justified === undefined && because !== undefined) counts.judged.unreadable++
}
