import type { TaskBook } from './task-book.ts'

/** Trains on the first book and tests on the `test` split of the second: the official tasks stay a test for a student that never saw any of them. */
export function withTestOf(training: TaskBook, test: TaskBook): TaskBook {
  return {
    source: `${training.source}; test: ${test.source}`,
    splits: [...training.splits, 'test'],
    tasks: (split) => (split === 'test' ? test.tasks('test') : training.tasks(split)),
    find: (id) => training.find(id) ?? test.find(id),
    rootOf: (task) => (training.find(task.id) === undefined ? test : training).rootOf(task),
  }
}
