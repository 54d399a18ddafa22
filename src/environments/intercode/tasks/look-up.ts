import { LeapError } from '../../../contracts/error.ts'
import type { Task } from '../../../contracts/task.ts'

/** What an environment looks its tasks up in. */
export interface Book<Booked> {
  /** In words, for messages and manifests. */
  readonly source: string
  readonly splits: readonly string[]
  tasks(split: string): readonly Booked[]
  /** Undefined for an id that is not in the book. */
  find(id: string): Booked | undefined
}

/** What a book has of a task. Throws a LeapError `TASK_UNKNOWN`. */
export function findBooked<Booked>(name: string, { source, find }: Book<Booked>, { id }: Task): Booked {
  const booked = find(id)
  if (booked !== undefined) return booked
  throw new LeapError({
    code: 'TASK_UNKNOWN',
    message: `${name}: expected the id of a task at hand (${source}), found "${id}"`,
    remedy: 'Give the data folder or the seed that the task is of, or make the panel again.',
  })
}

/** The tasks of a split as others see them. Throws a LeapError `SPLIT_UNKNOWN`. */
export function tasksOfSplit<Booked extends { id: string }>(
  name: string,
  { splits, tasks }: Book<Booked>,
  split: string,
  categoryOf: (booked: Booked) => string,
): Task[] {
  if (!splits.includes(split))
    throw new LeapError({
      code: 'SPLIT_UNKNOWN',
      message: `${name}: no split "${split}" (available: ${splits.join(', ')})`,
    })
  return tasks(split).map((booked) => ({ id: booked.id, environment: name, split, category: categoryOf(booked) }))
}
