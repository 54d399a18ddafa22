import { z } from 'zod'
import { LeapError } from '../../../contracts/error.ts'

/** One recorded command and what was recorded after it; absent: not recorded. */
export interface RecordedStep {
  readonly action: string
  readonly observation?: string
  readonly score?: number
  readonly done?: boolean
  readonly candidates?: readonly string[]
}

/** An episode as somebody else's code played it. */
export interface RecordedEpisode {
  readonly format: 'python_stack' | 'knowagent'
  /** Path of the game, as recorded. */
  readonly game: string
  /** The end of the text after the reset (all of it in format python_stack). */
  readonly opening: string
  readonly candidates?: readonly string[]
  readonly steps: readonly RecordedStep[]
  /** True if `You arrive at loc N. ` was removed from the observations. */
  readonly isStripped: boolean
  /** True if it was played in the wording of text 2.1.1. */
  readonly isOldText: boolean
}

const pythonStack = z.object({
  game: z.string(),
  reset: z.object({ obs: z.string(), admissible: z.array(z.string()) }),
  steps: z.array(
    z.object({ a: z.string(), obs: z.string(), score: z.number(), done: z.boolean(), admissible: z.array(z.string()) }),
  ),
})

const knowagent = z.object({
  game: z.string(),
  intro: z.string(),
  task: z.string(),
  steps: z.array(z.tuple([z.string(), z.string().nullable()])),
})

const oldPut = /^put .+ in\/on /

/**
 * Reads one line of a transcript: `{game, policy, reset: {obs, admissible}, steps: [{a, obs, score, done, admissible}]}`
 * (python_stack: everything is recorded) or `{game, intro, task, success, steps: [[action, observation | null]]}` (knowagent:
 * observations of text 2.1.1 without the places of arrival).
 *
 * @throws LeapError `REPLAY_INVALID`, naming file, line and field
 */
export function readRecordedEpisode(line: string, where: string): RecordedEpisode {
  const fail = (found: string, cause?: unknown) =>
    new LeapError({
      code: 'REPLAY_INVALID',
      message: `${where}: expected an episode in format python_stack or knowagent, found ${found}`,
      remedy:
        'A line is {game, reset: {obs, admissible}, steps: [{a, obs, score, done, admissible}]} or {game, intro, task, steps: [[action, observation]]}.',
      cause,
    })
  let json: unknown
  try {
    json = JSON.parse(line)
  } catch (error) {
    throw fail(`no JSON: ${(error as Error).message}`, error)
  }
  if (typeof json !== 'object' || json === null) throw fail(`${JSON.stringify(json)}`)
  const issue = (error: z.ZodError) => {
    const { path, message } = error.issues[0]!
    return fail(`field "${path.join('.')}": ${message}`, error)
  }
  if ('reset' in json) {
    const parsed = pythonStack.safeParse(json)
    if (!parsed.success) throw issue(parsed.error)
    const { game, reset, steps } = parsed.data
    const recorded = steps.map(({ a, obs, score, done, admissible }) => ({
      action: a,
      observation: obs,
      score,
      done,
      candidates: admissible,
    }))
    const isOldText =
      /text-2\.1\.1/.test(game) ||
      steps.some(
        ({ obs, admissible }) => obs.startsWith('You arrive at loc ') || admissible.some((one) => oldPut.test(one)),
      )
    return {
      format: 'python_stack',
      game,
      opening: reset.obs,
      candidates: reset.admissible,
      steps: recorded,
      isStripped: false,
      isOldText,
    }
  }
  if (!('intro' in json)) throw fail(`an object with the fields ${Object.keys(json).join(', ')}`)
  const parsed = knowagent.safeParse(json)
  if (!parsed.success) throw issue(parsed.error)
  const { game, intro, task, steps } = parsed.data
  return {
    format: 'knowagent',
    game,
    opening: `${intro}\n\n${task}`,
    steps: steps.map(([action, observation]) => ({ action, ...(observation === null ? {} : { observation }) })),
    isStripped: !steps.some(([, observation]) => observation?.startsWith('You arrive at ')),
    isOldText: !steps.some(([action]) => action.startsWith('move ')),
  }
}
