import { LeapError } from '../../../contracts/error.ts'
import type { RecordedEpisode, RecordedLog } from './recorded-log.ts'

/**
 * The task of a recorded episode: the row that it names, if the request is the same; else the row with that request, else the row that it names (tables were
 * edited after runs). Throws a LeapError `LOG_TASK_UNKNOWN`.
 */
export function findTask<Task extends { row: number; query: string }>(
  tasks: readonly Task[],
  { row, query }: RecordedEpisode,
  { path, dataset }: Pick<RecordedLog, 'path' | 'dataset'>,
): Task {
  const same = (task: Task | undefined) => task !== undefined && task.query.trim() === query.trim()
  const task = same(tasks[row]) ? tasks[row] : (tasks.find(same) ?? tasks[row])
  if (task !== undefined) return task
  throw new LeapError({
    code: 'LOG_TASK_UNKNOWN',
    message: `${path}: episode ${row} belongs to ${dataset}, which has ${tasks.length} tasks at hand: "${query}" is not among them.`,
    remedy: 'Give --data the folder with the tables on which the log was recorded.',
  })
}
