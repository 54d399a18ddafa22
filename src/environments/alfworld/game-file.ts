import { z } from 'zod'
import { LeapError } from '../../contracts/error.ts'

/** The contents of a `game.tw-pddl` file. */
export interface GameFile {
  readonly domain: string
  readonly grammar: string
  readonly problem: string
  readonly solvable?: boolean
  /** A shortest solution; absent in text version 2.1.1. */
  readonly walkthrough?: readonly string[]
}

const schema = z.object({
  pddl_domain: z.string(),
  grammar: z.string(),
  pddl_problem: z.string(),
  solvable: z.boolean().optional(),
  walkthrough: z.array(z.string()).optional(),
})

/** Reads the JSON of a game file. Throws LeapError `GAME_JSON_INVALID` or `GAME_FIELD_INVALID`, naming the file and the field. */
export function readGameFile(text: string, source: string): GameFile {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    throw new LeapError({
      code: 'GAME_JSON_INVALID',
      message: `${source}: expected a JSON object with pddl_domain, grammar and pddl_problem, found ${(error as Error).message} (${text.length} characters)`,
      remedy: 'The file may be truncated: fetch or generate it again.',
      cause: error,
    })
  }
  const parsed = schema.safeParse(json)
  if (!parsed.success) {
    const { path, message } = parsed.error.issues[0]!
    throw new LeapError({
      code: 'GAME_FIELD_INVALID',
      message: `${source}: field "${path.join('.') || '(the whole file)'}": ${message}`,
      remedy: 'A game.tw-pddl file needs the texts pddl_domain, grammar and pddl_problem.',
      cause: parsed.error,
    })
  }
  const { pddl_domain, grammar, pddl_problem, solvable, walkthrough } = parsed.data
  return {
    domain: pddl_domain,
    grammar,
    problem: pddl_problem,
    ...(solvable === undefined ? {} : { solvable }),
    ...(walkthrough === undefined ? {} : { walkthrough }),
  }
}
