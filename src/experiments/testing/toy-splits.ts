import type { Environment } from '../../contracts/environment.ts'
import type { Task } from '../../contracts/task.ts'
import { createToyEnvironment } from '../../execution/testing/toy-environment.ts'

/** The toy search domain with splits of any names and sizes, for tests. `idOf` names the tasks. */
export function toySplits(
  sizes: Readonly<Record<string, number>>,
  idOf: (split: string, index: number) => string = (split, index) => `${split}/${String(index).padStart(4, '0')}`,
): Environment {
  const toy = createToyEnvironment()
  return {
    ...toy,
    splits: Object.keys(sizes),
    async tasks(split) {
      const size = sizes[split]
      if (size === undefined) return toy.tasks(split === 'train' ? 'none' : split)
      return Array.from(
        { length: size },
        (_, index): Task => ({ id: idOf(split, index), environment: 'toy', split, category: 'near' }),
      )
    },
  }
}
