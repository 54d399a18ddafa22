/** Counts of a comparison with recorded runs. */
export interface Tally {
  episodes: number
  /** Turns that were played again. */
  turns: number
  /** Turns that the runner answered without the environment. */
  skipped: number
  observationsEqual: number
  /** Turns with a recorded reward. */
  scored: number
  rewardsEqual: number
  /** Same answer to "is it exactly 1?". */
  successesEqual: number
  /** Rewards worked out from the recorded output instead of our own. */
  recomputedEqual: number
  /** Rewards of which the log holds all that they are made of, and how many of them our arithmetic gives to the last bit. */
  evident: number
  evidentEqual: number
  /** Turns whose reward differs, by cause. */
  causes: Map<string, number>
  differences: Difference[]
}

export interface Difference {
  where: string
  action: string
  cause: string
  expected: number
  found: number
}

export const emptyTally = (): Tally => ({
  episodes: 0,
  turns: 0,
  skipped: 0,
  observationsEqual: 0,
  scored: 0,
  rewardsEqual: 0,
  successesEqual: 0,
  recomputedEqual: 0,
  evident: 0,
  evidentEqual: 0,
  causes: new Map(),
  differences: [],
})

/** Recorded rewards have two decimals, or are unrounded shares. */
export const isSameReward = (a: number, b: number) => Math.abs(a - b) < 0.005

export function addTallies(tallies: readonly Tally[]): Tally {
  const sum = emptyTally()
  for (const tally of tallies) {
    for (const key of countKeys) sum[key] += tally[key]
    for (const [cause, count] of tally.causes) sum.causes.set(cause, (sum.causes.get(cause) ?? 0) + count)
    sum.differences.push(...tally.differences)
  }
  return sum
}

const countKeys = [
  'episodes',
  'turns',
  'skipped',
  'observationsEqual',
  'scored',
  'rewardsEqual',
  'successesEqual',
  'recomputedEqual',
  'evident',
  'evidentEqual',
] as const
