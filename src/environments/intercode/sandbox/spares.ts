/** Things that take a while to start, kept ready ahead of their use. */
export interface Spares<T> {
  /** One that is ready, else one that is being started. Throws what starting throws. */
  take(): Promise<T>
  /** Ends what was not taken. */
  close(): Promise<void>
}

/** Keeps up to `count` started. Nothing is started before the first is asked for. */
export function createSpares<T>(options: {
  readonly count: number
  readonly start: () => Promise<T>
  readonly stop: (spare: T) => Promise<void>
}): Spares<T> {
  const ready: Promise<T>[] = []
  let isClosed = false
  const begin = () => {
    const starting = options.start()
    // It is awaited by whoever takes it, which may be much later than its failure.
    starting.catch(() => {})
    return starting
  }
  return {
    async take() {
      if (isClosed) throw new Error('taken from spares that were closed')
      const next = ready.shift() ?? begin()
      const spare = await next
      while (!isClosed && ready.length < options.count) ready.push(begin())
      return spare
    },
    async close() {
      isClosed = true
      const stopped = ready.splice(0).map(async (starting) => {
        const spare = await starting.catch(() => undefined)
        if (spare !== undefined) await options.stop(spare)
      })
      await Promise.all(stopped)
    },
  }
}
