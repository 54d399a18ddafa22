import type { OwnBashTask } from '../generator/generate-tasks.ts'
import type { RootDescription } from '../sandbox/contract.ts'
import type { BashTask } from '../tasks/bash-tasks.ts'

/** A task with the file system that it is set in. */
export interface BookedTask extends BashTask, Partial<Pick<OwnBashTask, 'look' | 'hidden' | 'reason' | 'template'>> {
  split: string
  /** Shell of the image. Default `/bin/bash`. */
  shell?: '/bin/bash' | '/bin/sh'
}

/** The tasks of an InterCode Bash environment. */
export interface TaskBook {
  /** In words, for manifests. */
  readonly source: string
  readonly splits: readonly string[]
  tasks(split: string): BookedTask[]
  /** Undefined for an id that is not in the book. */
  find(id: string): BookedTask | undefined
  /** The same object for tasks of one file system. */
  rootOf(task: BookedTask): RootDescription
}
