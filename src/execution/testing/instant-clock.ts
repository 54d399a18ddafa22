import type { Clock } from '../../support/clock.ts'

/** A clock whose sleeps end at once and are remembered; each look at it takes one millisecond. */
export function instantClock(): Clock & { readonly sleeps: number[] } {
  const sleeps: number[] = []
  let time = 0
  return {
    sleeps,
    now: () => 1_700_000_000_000 + time++,
    elapsed: () => time++,
    async sleep(milliseconds, signal) {
      sleeps.push(milliseconds)
      time += milliseconds
      if (signal?.aborted) throw signal.reason
    },
  }
}
