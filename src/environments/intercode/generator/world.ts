import type { FileEntry } from '../sandbox/contract.ts'

/** A text file of a generated file system. */
export interface WorldFile {
  path: string
  /** Last part of the path; no two files or folders of a world share one. */
  name: string
  folder: string
  extension: string
  lines: readonly string[]
  executable: boolean
  /** Seconds since 1970. */
  modified: number
}

/** A generated file system, below one top folder. */
export interface World {
  name: string
  /** For example `/depot`: never a name that the reward ignores. */
  top: string
  /** Absolute, without the top. */
  folders: readonly string[]
  files: readonly WorldFile[]
  /** All of it, as a sandbox wants it. */
  entries: readonly FileEntry[]
}

/** Last part of a path. */
export const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1)

/** Folder of a path, without a slash at its end. */
export const folderOf = (path: string) => path.slice(0, path.lastIndexOf('/')) || '/'
