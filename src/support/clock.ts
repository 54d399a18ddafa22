/** Time as an argument, so that tests and resumed runs need not wait or differ. */
export interface Clock {
  /** Wall-clock time in milliseconds since 1970, for records that people read. */
  now(): number
  /** Milliseconds from an arbitrary start, never going backwards, for durations. */
  elapsed(): number
  /** Resolves after so many milliseconds. Rejects with the signal's reason when it aborts first. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>
}

/** The machine's own clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  sleep: (milliseconds, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason)
      const onAbort = () => {
        clearTimeout(timer)
        reject(signal?.reason)
      }
      const timer = setTimeout(() => {
        signal?.removeEventListener('abort', onAbort)
        resolve()
      }, milliseconds)
      signal?.addEventListener('abort', onAbort, { once: true })
    }),
}
