import { LeapError } from '../../contracts/error.ts'
import type { Clock } from '../../support/clock.ts'

export interface RateLimits {
  /** Calls begun within any 60 seconds. */
  requestsPerMinute?: number
  /** Tokens (prompt and completion) of calls begun within any 60 seconds. */
  tokensPerMinute?: number
  /** Calls at once. */
  concurrency?: number
}

/** Lets work begin as the limits allow, first come first served. One for all models that share an account. */
export interface RateLimiter {
  /**
   * Runs `work` when there is room for it. `estimate` = tokens it may use; `actual` tells from the result how many it did. Throws the signal's
   * reason if it aborts while the work waits.
   */
  run<Result>(
    work: () => Promise<Result>,
    options: { estimate: number; actual?: (result: Result) => number; signal?: AbortSignal | undefined },
  ): Promise<Result>
  /** Nothing begins for so many milliseconds: the provider said that it has had enough. */
  pause(milliseconds: number): void
}

const minute = 60_000

interface Waiting {
  estimate: number
  begin: (entry: Entry) => void
}

interface Entry {
  at: number
  tokens: number
}

/** Throws a LeapError `MODEL_LIMITS_INVALID` for limits that are not positive. */
export function createRateLimiter(limits: RateLimits, clock: Clock): RateLimiter {
  for (const [name, value] of Object.entries(limits))
    if (value !== undefined && !(value > 0))
      throw new LeapError({ code: 'MODEL_LIMITS_INVALID', message: `expected ${name} to be positive, found ${value}` })
  const { requestsPerMinute = Infinity, tokensPerMinute = Infinity, concurrency = Infinity } = limits
  const windowed = requestsPerMinute < Infinity || tokensPerMinute < Infinity
  const queue: Waiting[] = []
  /** Calls begun within the last minute, oldest first. */
  const recent: Entry[] = []
  let running = 0
  let pausedUntil = 0
  let alarm: { at: number; cancel: AbortController } | undefined

  /** Milliseconds until the first in the queue may begin; 0 = now. */
  const wait = (estimate: number): number => {
    const now = clock.elapsed()
    while (recent.length > 0 && recent[0]!.at + minute <= now) recent.shift()
    let until = pausedUntil
    if (recent.length >= requestsPerMinute)
      until = Math.max(until, recent[recent.length - Math.floor(requestsPerMinute)]!.at + minute)
    // A call larger than the limit goes when it is alone.
    let room = tokensPerMinute - Math.min(estimate, tokensPerMinute)
    for (let index = recent.length - 1; index >= 0; index--) {
      room -= recent[index]!.tokens
      if (room >= 0) continue
      until = Math.max(until, recent[index]!.at + minute)
      break
    }
    return Math.max(0, until - now)
  }

  const pump = () => {
    while (queue.length > 0 && running < concurrency) {
      const milliseconds = wait(queue[0]!.estimate)
      if (milliseconds > 0) return wakeIn(milliseconds)
      const next = queue.shift()!
      const entry = { at: clock.elapsed(), tokens: next.estimate }
      if (windowed) recent.push(entry)
      running++
      next.begin(entry)
    }
    if (queue.length === 0) cancelAlarm()
  }
  const cancelAlarm = () => {
    alarm?.cancel.abort()
    alarm = undefined
  }
  const wakeIn = (milliseconds: number) => {
    const at = clock.elapsed() + milliseconds
    if (alarm && alarm.at <= at) return
    cancelAlarm()
    const cancel = new AbortController()
    alarm = { at, cancel }
    clock.sleep(milliseconds, cancel.signal).then(
      () => {
        alarm = undefined
        pump()
      },
      () => {},
    )
  }

  const turn = (estimate: number, signal: AbortSignal | undefined): Promise<Entry> =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason)
      const waiting: Waiting = {
        estimate,
        begin: (entry) => {
          signal?.removeEventListener('abort', leave)
          resolve(entry)
        },
      }
      const leave = () => {
        queue.splice(queue.indexOf(waiting), 1)
        reject(signal?.reason)
        pump()
      }
      signal?.addEventListener('abort', leave, { once: true })
      queue.push(waiting)
      pump()
    })

  return {
    async run(work, { estimate, actual, signal }) {
      const entry = await turn(estimate, signal)
      try {
        const result = await work()
        if (actual) entry.tokens = actual(result)
        return result
      } finally {
        running--
        pump()
      }
    },
    pause(milliseconds) {
      pausedUntil = Math.max(pausedUntil, clock.elapsed() + milliseconds)
    },
  }
}
