import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { LeapError } from '../../../contracts/error.ts'
import { readLayout, type WrittenEpisode } from './log-layout.ts'
import { readPythonJson } from './read-json.ts'
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
  /** True where the runner wrote down no more than the start of a long output (ReAct). */
  isCut: boolean
}

export interface RecordedEpisode {
  /** Row of the task table. */
  row: number
  /** Empty where the log does not tell. */
  query: string
  turns: RecordedTurn[]
  /** What the last reward was made of, where the runner noted it. */
  evidence?: RecordedEvidence
}

export interface RecordedLog {
  path: string
  kind: 'bash' | 'sql' | 'python'
  /** Name of the task table's file, for example `nl2bash_fs_1.json`; empty where the log does not tell. */
  dataset: string
  /** Written by the ReAct runner. */
  isReact: boolean
  episodes: RecordedEpisode[]
  /** Entries of the file that are no episodes, each with the field and why. */
  unreadable: string[]
}

/** What the runners say themselves when an answer holds no command. */
const runnerMessages =
  /^(No (SQL|bash|python|code|\w+) (code|command) was found|Error executing query: Your last `execute` action did not contain |Format your \w+ command as follows)/i

/**
 * Reads a log as InterCode's runners write it: Try Again, ReAct and Plan & Solve, and what an environment saves of one episode. What a file lacks is taken
 * from its other episodes, its head or its name.
 * Throws a LeapError `LOG_UNREADABLE` or `LOG_INVALID` (file, task and field).
 */
export async function readRecordedLog(path: string): Promise<RecordedLog> {
  const text = await readFile(path, 'utf8').catch((cause: Error) => {
    throw new LeapError({
      code: 'LOG_UNREADABLE',
      message: `${path}: expected a recorded run of InterCode (JSON), found none that can be read: ${cause.message}`,
      remedy:
        "Give the logs that InterCode's experiments wrote: files, folders or patterns, for example --logs results/bash.",
      cause,
    })
  })
  let value: unknown
  try {
    value = readPythonJson(text)
  } catch (cause) {
    throw invalid(path, `expected JSON, found ${(cause as Error).message}`, cause)
  }
  const written = readLayout(value)
  if (written === undefined) throw invalid(path, 'expected episodes by task, found none', undefined)
  const { episodes, unreadable } = written
  if (episodes.length === 0)
    throw invalid(path, unreadable[0] ?? 'expected at least one episode, found none', undefined)
  const kind = kindOf(episodes, path)
  // ReAct runs wrap their commands and are scored once, at their own submit.
  const isReact = episodes.some(
    ({ thoughts, actions }) => thoughts !== undefined || actions.some((action) => action?.includes('execute[')),
  )
  return {
    path,
    kind,
    dataset: basename(episodes.find(({ dataset }) => dataset !== undefined)?.dataset ?? ''),
    isReact,
    episodes: episodes.map((episode) => readEpisode(episode, kind, isReact)),
    unreadable,
  }
}

function readEpisode(written: WrittenEpisode, kind: RecordedLog['kind'], isReact: boolean): RecordedEpisode {
  const { row, query, actions, observations, rewards, info } = written
  const turns = actions.map((action, index) =>
    readTurn({ written: action, observation: observations[index], reward: rewards[index], kind, isReact }),
  )
  const evidence = kind === 'bash' ? readEvidence(info) : undefined
  return { row, query, turns, ...(evidence === undefined ? {} : { evidence }) }
}

function readTurn({
  written,
  observation,
  reward,
  kind,
  isReact,
}: {
  written: string | null
  observation: unknown
  reward: number | null | undefined
  kind: RecordedLog['kind']
  isReact: boolean
}): RecordedTurn {
  const said = written ?? ''
  const command = isReact && said !== 'submit' ? unwrap(said, kind) : said
  const text =
    typeof observation === 'string' ? observation : observation == null ? 'None' : JSON.stringify(observation)
  // A turn without an observation was refused by the model's service; its refusal is noted as an action. A shell always answers with a text.
  const isRefused = written === null || observation === undefined || (kind === 'bash' && observation === null)
  return {
    action: command ?? said,
    observation: text,
    reward: reward ?? 0,
    isPlayed: !isRefused && command !== undefined && !runnerMessages.test(text),
    isScored: typeof reward === 'number' && (!isReact || said === 'submit'),
    isCut: isReact && isLong(text, kind),
  }
}

/** The command in a ReAct answer, of which a database is given no more than one statement; undefined where there is none. */
function unwrap(said: string, kind: RecordedLog['kind']): string | undefined {
  const command = /execute\[([\s\S]*)\]/.exec(said)?.[1]
  return kind === 'sql' ? command?.split(';', 1)[0] : command
}

/** Characters that ReAct's runner keeps of a text; of a list it keeps {@link keptRows} rows. */
export const keptCharacters = 350
export const keptRows = 25

const isLong = (text: string, kind: RecordedLog['kind']) =>
  // Rows are counted where they are compared: a row more or less does not show in the length of a text.
  kind === 'sql' && text.startsWith('[') ? true : [...text].length >= keptCharacters

function kindOf(episodes: readonly WrittenEpisode[], path: string): RecordedLog['kind'] {
  const named = episodes.find(({ environment }) => environment !== undefined)?.environment
  const kind = /^(?:ic_)?(bash|sql|python)$/.exec(
    named ?? /(?:^|_)(bash|sql|python)_/.exec(basename(path))?.[1] ?? '',
  )?.[1]
  if (kind !== undefined) return kind as RecordedLog['kind']
  throw invalid(
    path,
    `expected environment ic_bash, ic_sql or ic_python, found ${named === undefined ? 'none, nor a name of a file that tells' : `"${named}"`}`,
    undefined,
  )
}

const invalid = (path: string, message: string, cause: unknown) =>
  new LeapError({
    code: 'LOG_INVALID',
    message: `${path}: ${message}`,
    remedy: "Give a log as InterCode's runners write it (data/results of its repository).",
    cause,
  })
