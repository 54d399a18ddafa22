import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { z } from 'zod'
import { LeapError } from '../../../contracts/error.ts'
import { type RecordedEvidence, readEvidence } from './recorded-evidence.ts'

/** What an agent did, what it saw, and what it was worth. */
export interface RecordedTurn {
  action: string
  observation: string
  reward: number
  /** False where the runner answered by itself, without asking the environment. */
  isPlayed: boolean
  /** True where a reward was recorded: at every turn of a "try again" run, at the submit of others. */
  isScored: boolean
}

export interface RecordedEpisode {
  /** Row of the task table. */
  row: number
  query: string
  turns: RecordedTurn[]
  /** What the last reward was made of, where the runner noted it. */
  evidence?: RecordedEvidence
}

export interface RecordedLog {
  path: string
  kind: 'bash' | 'sql' | 'python'
  /** Name of the task table's file, for example `nl2bash_fs_1.json`. */
  dataset: string
  episodes: RecordedEpisode[]
}

const episodeSchema = z.object({
  environment: z.string(),
  dataset: z.string(),
  task_id: z.number().int().nonnegative(),
  query: z.string(),
  info: z.unknown().optional(),
  turn_history: z.object({
    actions: z.array(z.string()),
    observations: z.array(z.unknown()),
    rewards: z.array(z.number()),
  }),
})

/** What the runners say themselves when an answer holds no command. */
const runnerMessages =
  /^(No (SQL|bash|python|code|\w+) (code|command) was found|Error executing query: Your last `execute` action did not contain |Format your \w+ command as follows)/i

/**
 * Reads a log as InterCode's runners write it: one JSON object, task by task.
 * Throws a LeapError `LOG_UNREADABLE` or `LOG_INVALID` (file, task and field).
 */
export async function readRecordedLog(path: string): Promise<RecordedLog> {
  const text = await readFile(path, 'utf8').catch((cause: Error) => {
    throw new LeapError({
      code: 'LOG_UNREADABLE',
      message: `${path}: expected a recorded run of InterCode (JSON), found none that can be read: ${cause.message}`,
      remedy:
        "Give the logs that InterCode's experiments wrote, files or shell patterns: --logs results/bash/gpt-4/*.json",
      cause,
    })
  })
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw invalid(path, `expected JSON, found ${(cause as Error).message}`, cause)
  }
  const parsed = z.record(z.string(), episodeSchema).safeParse(value)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!
    throw invalid(path, `field "${issue.path.join('.')}": ${issue.message}`, parsed.error)
  }
  const records = Object.values(parsed.data)
  const first = records[0]
  if (first === undefined) throw invalid(path, 'expected at least one episode, found none', undefined)
  // ReAct runs wrap their commands and are scored once, at their own submit.
  const isReact = records.some(({ turn_history: { actions } }) => actions.some((action) => /^execute\[/.test(action)))
  const kind = kindOf(first.environment, path)
  return {
    path,
    kind,
    dataset: basename(first.dataset),
    episodes: records.map((record) => readEpisode(record, kind, isReact)),
  }
}

function readEpisode(
  record: z.infer<typeof episodeSchema>,
  kind: RecordedLog['kind'],
  isReactRun: boolean,
): RecordedEpisode {
  const { task_id, query, turn_history, info } = record
  const { actions, observations, rewards } = turn_history
  const isReact = isReactRun || actions.includes('submit')
  const turns = actions.map((written, index): RecordedTurn => {
    const observation = observations[index]
    const text =
      typeof observation === 'string' ? observation : observation == null ? 'None' : JSON.stringify(observation)
    const action = /^execute\[([\s\S]*)\]$/.exec(written)?.[1] ?? written
    // A shell always answers with a text. Where there is none, the model's service refused to answer, and its refusal was noted as an action.
    const isRefused = kind === 'bash' && observation == null
    const isOwn = isRefused || (isReact && written !== 'submit' && !written.startsWith('execute['))
    return {
      action,
      observation: text,
      reward: rewards[index] ?? 0,
      isPlayed: !isOwn && !runnerMessages.test(text),
      isScored: !isReact || written === 'submit',
    }
  })
  const evidence = kind === 'bash' ? readEvidence(info) : undefined
  return { row: task_id, query, turns, ...(evidence === undefined ? {} : { evidence }) }
}

function kindOf(environment: string, path: string): RecordedLog['kind'] {
  const kind = /^ic_(bash|sql|python)$/.exec(environment)?.[1]
  if (kind !== undefined) return kind as RecordedLog['kind']
  throw invalid(path, `expected environment ic_bash, ic_sql or ic_python, found "${environment}"`, undefined)
}

const invalid = (path: string, message: string, cause: unknown) =>
  new LeapError({
    code: 'LOG_INVALID',
    message: `${path}: ${message}`,
    remedy: "Give a log as InterCode's runners write it (data/results of its repository).",
    cause,
  })
