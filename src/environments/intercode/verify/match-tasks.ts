import { LeapError } from '../../../contracts/error.ts'
import type { RecordedLog } from './recorded-log.ts'

/** What a task needs for a log to be matched with it. */
interface Asked {
  row: number
  query: string
}

/** Share of a log's requests that its table must hold. Tables were edited after runs, by a few rows. */
const least = 0.5

/**
 * The table that a log was recorded on: the one that it names, else the one that holds most of its requests. A table that holds less than half of them is
 * another one, whatever it is called: nothing is played on tasks that are not the log's.
 * Throws a LeapError `LOG_DATASET_UNKNOWN`.
 */
export function matchTasks<Task extends Asked>(
  { path, dataset, episodes }: RecordedLog,
  tables: ReadonlyMap<string, readonly Task[]>,
): readonly Task[] {
  const queries = episodes.map(({ query }) => query.trim()).filter((query) => query !== '')
  const shareIn = (tasks: readonly Task[]) => {
    const known = new Set(tasks.map(({ query }) => query.trim()))
    return queries.filter((query) => known.has(query)).length / queries.length
  }
  const named = tables.get(dataset)
  // Nothing to compare: the name must do.
  if (queries.length === 0 && named !== undefined) return named
  const ranked = [...tables]
    .map(([name, tasks]) => ({ name, tasks, share: queries.length === 0 ? 0 : shareIn(tasks) }))
    .sort((a, b) => b.share - a.share || Number(b.name === dataset) - Number(a.name === dataset))
  if (named !== undefined && shareIn(named) >= least) return named
  const best = ranked[0]
  if (best !== undefined && best.share >= least) return best.tasks
  throw new LeapError({
    code: 'LOG_DATASET_UNKNOWN',
    message: `${path}: expected a log on ${[...tables.keys()].join(', ')}; found one on ${dataset || 'a table that it does not name'}, and ${
      best === undefined || queries.length === 0
        ? 'no requests to tell by'
        : `no more than ${Math.round(best.share * queries.length)} of its ${queries.length} requests in ${best.name}`
    }.`,
    remedy: 'Give --data the folder with the tables on which the log was recorded.',
  })
}
