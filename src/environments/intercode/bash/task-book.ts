import type { OwnBashTask } from '../generator/generate-tasks.ts'
import type { RootDescription } from '../sandbox/contract.ts'
import type { BashTask } from '../tasks/bash-tasks.ts'
import type { Book } from '../tasks/look-up.ts'

/** A task with the file system that it is set in. */
export interface BookedTask extends BashTask, Partial<Pick<OwnBashTask, 'look' | 'hidden' | 'reason' | 'template'>> {
  split: string
  /** The gold command prints and leaves the same every time, so that one run of it serves all episodes. Default false: the original runs it at every submit. */
  repeats?: boolean
  /** Shell of the image. Default `/bin/bash`. */
  shell?: '/bin/bash' | '/bin/sh'
}

/** The tasks of an InterCode Bash environment. */
export interface TaskBook extends Book<BookedTask> {
  tasks(split: string): BookedTask[]
  /** The same object for tasks of one file system. */
  rootOf(task: BookedTask): RootDescription
}
