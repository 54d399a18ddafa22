import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { LeapError } from '../../../contracts/error.ts'
import { type NounExtractor, tableNouns, wordNouns } from './nouns.ts'
import { winkNouns } from './wink-nouns.ts'

const tableSchema = z.record(z.string(), z.array(z.string()))

/**
 * The nouns that r_type is judged by: `words` (a list of words, needs nothing), `wink` (the tagger of wink-nlp), or the path of a JSON file
 * `{title: [noun, ...]}`, for example of spaCy's; titles that the file lacks go to `words`.
 *
 * @throws LeapError `TAGGER_MISSING`, `NOUNS_INVALID`
 */
export async function openNouns(named: string): Promise<NounExtractor> {
  if (named === 'words') return wordNouns
  if (named === 'wink') return winkNouns()
  const fail = (found: string, cause?: unknown) =>
    new LeapError({
      code: 'NOUNS_INVALID',
      message: `${named}: expected words, wink, or a JSON file {title: [noun, ...]}, found ${found}`,
      cause,
    })
  const text = await readFile(named, 'utf8').catch((cause: Error) => {
    throw fail(`no file that can be read: ${cause.message}`, cause)
  })
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (cause) {
    throw fail((cause as Error).message, cause)
  }
  const parsed = tableSchema.safeParse(json)
  if (!parsed.success) throw fail(`something else in field "${parsed.error.issues[0]!.path.join('.')}"`, parsed.error)
  return tableNouns(
    new Map(Object.entries(parsed.data).map(([title, nouns]) => [title, nouns.map((noun) => noun.toLowerCase())])),
  )
}
