import { LeapError } from '../../contracts/error.ts'
import type { Task } from '../../contracts/task.ts'
import { nearest } from '../text/nearest.ts'

/** The task of an id, or of a part that no other id has. Throws a LeapError `TASK_UNKNOWN` or `TASK_AMBIGUOUS`. */
export function selectTask(tasks: readonly Task[], wanted: string): Task {
  const exact = tasks.find(({ id }) => id === wanted)
  if (exact !== undefined) return exact
  const holding = tasks.filter(({ id }) => id.includes(wanted))
  if (holding.length === 1) return holding[0]!
  if (holding.length > 1)
    throw new LeapError({
      code: 'TASK_AMBIGUOUS',
      message: `Expected a task that "${wanted}" names alone, found ${holding.length}:${holding
        .slice(0, 5)
        .map(({ id }) => `\n    ${id}`)
        .join('')}${holding.length > 5 ? '\n    ...' : ''}`,
      remedy: 'Give a longer part of the id.',
    })
  const meant = nearest(
    wanted,
    tasks.map(({ id }) => id),
  )
  throw new LeapError({
    code: 'TASK_UNKNOWN',
    message: `Expected the id of one of ${tasks.length} tasks${tasks[0] === undefined ? '' : ` of split ${tasks[0].split}, for example ${tasks[0].id}`}; found "${wanted}".`,
    remedy: meant === undefined ? 'Check --split, --games and --seed: ids belong to them.' : `Did you mean ${meant}?`,
  })
}
