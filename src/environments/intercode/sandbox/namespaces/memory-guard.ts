import { memoryInside, processesInside } from './process-table.ts'

/** Watches what all processes of one sandbox use together; limits of single processes do not add up to a limit of many. */
export interface MemoryGuard {
  /** Calls back once when the limit is passed. Returns the end of the watch. */
  watch(onExceeded: () => void): () => void
  /** True if the kernel has killed for memory since this was last asked (control groups only). */
  hasKilled(): boolean
  stop(): void
}

export interface MemoryGuardOptions {
  /** Process id of the sandbox's first process, as the host sees it. */
  readonly init: number
  readonly limitBytes: number
  /** Processes that go on between two commands are stopped through this. */
  readonly stopAll: () => Promise<void>
  /** True when the machine as a whole runs out of memory. */
  readonly isMemoryShort: () => boolean
  /** How often the kernel has killed in this sandbox's control group. */
  readonly kills: () => number
  readonly everyMilliseconds?: number
}

export function createMemoryGuard(options: MemoryGuardOptions): MemoryGuard {
  const every = options.everyMilliseconds ?? 100
  const watchers = new Set<() => void>()
  let timer: NodeJS.Timeout | undefined
  let isStopped = false
  let seen = options.kills()

  const isExceeded = async () => {
    return options.isMemoryShort() || (await memoryInside(options.init)) > options.limitBytes
  }
  const look = async () => {
    if (await isExceeded()) {
      if (watchers.size === 0) await options.stopAll()
      for (const watcher of watchers) watcher()
    }
    // Between commands there is something to watch only while processes go on in the background.
    const goesOn = watchers.size > 0 || (await processesInside(options.init)).length > 0
    timer = undefined
    if (goesOn && !isStopped) schedule()
  }
  const schedule = () => {
    if (timer !== undefined) return
    timer = setTimeout(() => void look().catch(() => {}), every)
    timer.unref()
  }
  return {
    watch(onExceeded) {
      const watcher = () => {
        watchers.delete(watcher)
        onExceeded()
      }
      watchers.add(watcher)
      schedule()
      return () => watchers.delete(watcher)
    },
    hasKilled() {
      const now = options.kills()
      const has = now > seen
      seen = now
      return has
    },
    stop() {
      isStopped = true
      clearTimeout(timer)
    },
  }
}
