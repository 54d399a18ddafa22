/** Counts of a comparison with recorded runs. */
export interface Tally {
  episodes: number
  /** Turns that were played again. */
  turns: number
  /** Turns that the runner answered without the environment. */
  skipped: number
  /** Turns of which the log tells what the environment answered, and those where it answers the same here. */
  observed: number
  observationsEqual: number
  /** Turns with a recorded reward. */
  scored: number
  rewardsEqual: number
  /** Same answer to "is it exactly 1?". */
  successesEqual: number
  /** Scored turns of tasks whose gold command asks the network, which a sandbox does not have; they are among the others too. */
  offline: number
  offlineRewardsEqual: number
  offlineSuccessesEqual: number
  /** Equal rewards that were made from no more than the end of the gold command's output, as the log shows. */
  lostStarts: number
  /** Scored turns of which the log has all of the output, and the rewards that follow from it. */
  recomputed: number
  recomputedEqual: number
  /** Rewards of which the log holds all that they are made of, and how many of them our arithmetic gives to the last bit. */
  evident: number
  evidentEqual: number
  /** Turns whose reward differs, by cause. */
  causes: Map<string, number>
  differences: Difference[]
  /** What a reader must know of how it was compared. */
  notes: string[]
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
  observed: 0,
  observationsEqual: 0,
  scored: 0,
  rewardsEqual: 0,
  successesEqual: 0,
  offline: 0,
  offlineRewardsEqual: 0,
  offlineSuccessesEqual: 0,
  lostStarts: 0,
  recomputed: 0,
  recomputedEqual: 0,
  evident: 0,
  evidentEqual: 0,
  causes: new Map(),
  differences: [],
  notes: [],
})

/** Recorded rewards have two decimals, or are unrounded shares. */
export const isSameReward = (a: number, b: number) => Math.abs(a - b) < 0.005

/** Counts the reward of one turn; tells whether it is what was recorded. */
export function countReward(tally: Tally, expected: number, found: number, isOffline = false): boolean {
  const isEqual = isSameReward(found, expected)
  const isSame = (found === 1) === (expected === 1)
  tally.scored++
  if (isEqual) tally.rewardsEqual++
  if (isSame) tally.successesEqual++
  if (isOffline) tally.offline++
  if (isOffline && isEqual) tally.offlineRewardsEqual++
  if (isOffline && isSame) tally.offlineSuccessesEqual++
  return isEqual
}

/** The counts without the tasks that nothing without a network can play. */
export const online = (tally: Tally): Pick<Tally, 'scored' | 'rewardsEqual' | 'successesEqual'> => ({
  scored: tally.scored - tally.offline,
  rewardsEqual: tally.rewardsEqual - tally.offlineRewardsEqual,
  successesEqual: tally.successesEqual - tally.offlineSuccessesEqual,
})

export function countDifference(tally: Tally, difference: Difference): void {
  tally.causes.set(difference.cause, (tally.causes.get(difference.cause) ?? 0) + 1)
  tally.differences.push(difference)
}

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
  'observed',
  'observationsEqual',
  'scored',
  'rewardsEqual',
  'successesEqual',
  'offline',
  'offlineRewardsEqual',
  'offlineSuccessesEqual',
  'lostStarts',
  'recomputed',
  'recomputedEqual',
  'evident',
  'evidentEqual',
] as const
