import { generateTask, type OwnSplit, ownSplits, worldOfTask } from '../generator/generate-tasks.ts'
import type { World } from '../generator/world.ts'
import type { RootDescription } from '../sandbox/contract.ts'
import type { BookedTask, TaskBook } from './task-book.ts'

export interface OwnTasksOptions {
  seed: number
  counts?: Partial<Record<OwnSplit, number>>
}

export const defaultOwnCounts: Readonly<Record<OwnSplit, number>> = { train: 2000, valid_seen: 300, valid_unseen: 300 }

/** Tasks made from a seed, on file systems of our own: need no data. `valid_unseen` is set in file systems that training never shows. */
export function ownTasks({ seed, counts = {} }: OwnTasksOptions): TaskBook {
  const roots = new Map<string, RootDescription>()
  const bySplit = new Map<OwnSplit, BookedTask[]>()
  const tasks = (split: OwnSplit) => {
    const known = bySplit.get(split)
    if (known !== undefined) return known
    const made = Array.from({ length: counts[split] ?? defaultOwnCounts[split] }, (_, index) => ({
      ...generateTask(seed, split, index),
      split,
      repeats: true,
    }))
    bySplit.set(split, made)
    return made
  }
  return {
    source: `generated, seed ${seed}`,
    splits: ownSplits,
    tasks: (split) => tasks(split as OwnSplit),
    find(id) {
      const split = ownSplits.find((name) => id.startsWith(`${name}/`))
      return split && tasks(split).find((task) => task.id === id)
    },
    rootOf({ split, row, fileSystem }) {
      const known = roots.get(fileSystem) ?? rootOfWorld(worldOfTask(seed, split as OwnSplit, row))
      roots.set(fileSystem, known)
      return known
    },
  }
}

/** No repository: what changed is told by the sandbox, so that results do not depend on whether git is installed. */
export const rootOfWorld = ({ name, entries }: World): RootDescription => ({ name, files: entries, git: false })
