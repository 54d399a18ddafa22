import type { Clock } from '../../support/clock.ts'

/** A clock that moves only when told to. */
export interface VirtualClock extends Clock {
  /** Lets so many milliseconds pass: sleepers wake in their order, and what they do then is awaited. */
  advance(milliseconds: number): Promise<void>
  /** Sleeps that are not over. */
  readonly sleeping: number
}

interface Sleeper {
  at: number
  wake: () => void
}

export function virtualClock(start = Date.UTC(2026, 0, 1)): VirtualClock {
  let time = 0
  const sleepers = new Set<Sleeper>()
  /** Long enough for any chain of promises. */
  const settle = () => new Promise<void>((resolve) => setImmediate(resolve))
  return {
    now: () => start + time,
    elapsed: () => time,
    get sleeping() {
      return sleepers.size
    },
    sleep(milliseconds, signal) {
      return new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason)
        const onAbort = () => {
          sleepers.delete(sleeper)
          reject(signal?.reason)
        }
        const sleeper: Sleeper = {
          at: time + milliseconds,
          wake: () => {
            signal?.removeEventListener('abort', onAbort)
            resolve()
          },
        }
        sleepers.add(sleeper)
        signal?.addEventListener('abort', onAbort, { once: true })
      })
    },
    async advance(milliseconds) {
      const end = time + milliseconds
      for (;;) {
        await settle()
        const due = [...sleepers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0]
        if (!due) break
        sleepers.delete(due)
        time = Math.max(time, due.at)
        due.wake()
      }
      time = end
      await settle()
    },
  }
}
