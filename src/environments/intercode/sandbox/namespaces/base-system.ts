/** What lies under an episode's own files. */
export interface BaseSystem {
  /** Goes into the name of every snapshot built on it. */
  readonly key: string
  /** Names of folders in the cache, best first, whose union is the root. */
  readonly lower: readonly string[]
  /** Host folders that are shown read-only at the same path. */
  readonly shown: readonly string[]
  /** Folders within `shown` that are hidden behind an empty one. */
  readonly hidden: readonly string[]
}
