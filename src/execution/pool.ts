export interface PoolOptions {
  /** Most pieces of work that run at once, 1 or more. */
  concurrency: number
  /** Aborting it stops the pool: nothing new starts, and the iteration throws the signal's reason. */
  signal?: AbortSignal | undefined
}

/**
 * Runs `work` over the items, at most `concurrency` at once, and yields results in the order of completion.
 *
 * The first error that `work` throws ends the iteration with that error, after the signal handed to the other pieces has
 * been aborted and they have ended. Leaving the loop early does the same without the error. At most `concurrency` results wait
 * for a slow consumer. Throws a RangeError if `concurrency` is not a positive integer.
 */
export async function* mapConcurrently<Item, Result>(
  items: Iterable<Item> | AsyncIterable<Item>,
  work: (item: Item, signal: AbortSignal) => Promise<Result>,
  { concurrency, signal }: PoolOptions,
): AsyncGenerator<Result, void, undefined> {
  if (!Number.isInteger(concurrency) || concurrency < 1) {
    throw new RangeError(`concurrency must be an integer of at least 1, found ${concurrency}`)
  }
  const stop = new AbortController()
  const running = new Set<Promise<void>>()
  const results: Result[] = []
  let failure: { error: unknown } | undefined
  let wake = () => {}
  const fail = (error: unknown) => {
    failure ??= { error }
    stop.abort(error)
    wake()
  }
  const onAbort = () => fail(signal?.reason)
  if (signal?.aborted) onAbort()
  signal?.addEventListener('abort', onAbort, { once: true })

  const iterator = Symbol.asyncIterator in items ? items[Symbol.asyncIterator]() : items[Symbol.iterator]()
  let exhausted = false
  let pulling: Promise<void> | undefined
  const take = (next: IteratorResult<Item>) => {
    if (next.done) exhausted = true
    // An item that arrives after the end has been decided is not worked on.
    else if (failure === undefined && !stop.signal.aborted) start(next.value)
  }
  const start = (item: Item) => {
    const piece: Promise<void> = (async () => work(item, stop.signal))()
      .then((result) => void results.push(result), fail)
      .finally(() => {
        running.delete(piece)
        wake()
      })
    running.add(piece)
  }
  const fill = () => {
    while (!exhausted && failure === undefined && running.size < concurrency && results.length < concurrency) {
      if (pulling !== undefined) return
      const next = iterator.next()
      if (next instanceof Promise) {
        pulling = next.then(take, fail).finally(() => {
          pulling = undefined
          wake()
        })
        return
      }
      take(next)
    }
  }

  try {
    while (true) {
      if (failure !== undefined) throw failure.error
      fill()
      if (results.length > 0) {
        // Everything that is ready is handed out in one go, so that a fast producer is not slowed by one turn per result.
        for (const result of results.splice(0)) {
          yield result
          fill()
        }
      } else if (running.size > 0 || pulling !== undefined) {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      } else if (exhausted) {
        return
      }
    }
  } finally {
    signal?.removeEventListener('abort', onAbort)
    if (!stop.signal.aborted) stop.abort(new DOMException('The pool was left early', 'AbortError'))
    await pulling
    await Promise.all(running)
    if (!exhausted) await iterator.return?.()
  }
}
