import { z } from 'zod'

/** An episode as some runner of InterCode wrote it, with what the file says of all its episodes put in where it lacks it. */
export interface WrittenEpisode {
  /** Where it stands in the file, for messages: `logs.17`. */
  field: string
  environment: string | undefined
  dataset: string | undefined
  row: number
  query: string
  info: unknown
  actions: readonly (string | null)[]
  observations: readonly unknown[]
  rewards: readonly (number | null)[]
  /** Kept by the ReAct runner alone. */
  thoughts: readonly unknown[] | undefined
}

/** What a file holds; `unreadable` says why an entry is no episode. */
export interface WrittenLog {
  episodes: WrittenEpisode[]
  unreadable: string[]
}

const numbers = z.array(z.number().nullable())
const texts = z.array(z.string().nullable())

const episodeSchema = z.object({
  environment: z.string().optional(),
  dataset: z.string().optional(),
  task_id: z.number().int().nonnegative().optional(),
  query: z.string().default(''),
  info: z.unknown().optional(),
  turn_history: z.object({
    actions: texts,
    observations: z.array(z.unknown()).default([]),
    rewards: numbers.default([]),
    thoughts: z.array(z.unknown()).optional(),
  }),
})

/** What an environment of InterCode saves of one episode by itself, if it is given a folder for it. */
const savedSchema = z.object({
  environment: z.string(),
  query_idx: z.number().int().nonnegative().optional(),
  query: z.string().default(''),
  reward: z.number().nullish(),
  info: z.unknown().optional(),
  trajectory: z.array(z.object({ action: z.string(), observation: z.unknown() })),
})

/** What the Plan & Solve runner writes above its episodes. */
const metaSchema = z.object({ env: z.string().optional(), data_path: z.string().optional() })

/**
 * Finds the episodes in what a runner wrote: an object task by task (Try Again, ReAct), the same below `logs` (Plan & Solve), a list, or one episode.
 *
 * @returns undefined if the value is nothing of the kind
 */
export function readLayout(value: unknown): WrittenLog | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const single = readSingle(value)
  if (single !== undefined) return { episodes: [single], unreadable: [] }
  const { logs, meta } = value as { logs?: unknown; meta?: unknown }
  const isNested = typeof logs === 'object' && logs !== null
  const entries = Object.entries(isNested ? logs : value)
  const common = metaSchema.safeParse(meta).data
  const log: WrittenLog = { episodes: [], unreadable: [] }
  for (const [key, entry] of entries) {
    const field = isNested ? `logs.${key}` : key
    const parsed = episodeSchema.safeParse(entry)
    if (parsed.success) log.episodes.push(completed(parsed.data, field, common))
    else {
      const issue = parsed.error.issues[0]!
      log.unreadable.push(`field "${[field, ...issue.path].join('.')}": ${issue.message}`)
    }
  }
  return log
}

function completed(
  episode: z.infer<typeof episodeSchema>,
  field: string,
  common: z.infer<typeof metaSchema> | undefined,
): WrittenEpisode {
  const { environment, dataset, task_id, query, info, turn_history } = episode
  const key = Number(field.slice(field.lastIndexOf('.') + 1))
  return {
    field,
    environment: environment ?? (common?.env === undefined ? undefined : `ic_${common.env}`),
    dataset: dataset ?? common?.data_path,
    row: task_id ?? (Number.isInteger(key) && key >= 0 ? key : 0),
    query,
    info,
    ...turn_history,
    thoughts: turn_history.thoughts,
  }
}

function readSingle(value: object): WrittenEpisode | undefined {
  const episode = 'turn_history' in value ? episodeSchema.safeParse(value).data : undefined
  if (episode !== undefined) return completed(episode, '', undefined)
  const saved = 'trajectory' in value ? savedSchema.safeParse(value).data : undefined
  if (saved === undefined) return undefined
  const { environment, query_idx, query, reward, info, trajectory } = saved
  return {
    ...{ field: '', environment, dataset: undefined, row: query_idx ?? 0, query, info, thoughts: undefined },
    actions: [...trajectory.map(({ action }) => action), ...(reward == null ? [] : ['submit'])],
    // Its `submit` shows the last output again.
    observations: [...trajectory, ...(reward == null ? [] : trajectory.slice(-1))].map(
      ({ observation }) => observation,
    ),
    rewards: [...trajectory.map(() => null), ...(reward == null ? [] : [reward])],
  }
}
