import { readFile } from 'node:fs/promises'
import type { z } from 'zod'
import { LeapError } from '../contracts/error.ts'

/** Reads and checks a JSON file; undefined if it does not exist. Throws a LeapError `RUN_FILE_INVALID` naming file and field. */
export async function readJsonFile<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
): Promise<z.output<Schema> | undefined> {
  const invalid = (message: string, cause: unknown) =>
    new LeapError({
      code: 'RUN_FILE_INVALID',
      message: `${path}: ${message}`,
      remedy: 'The file was changed by hand, damaged, or written by another version of Leap.',
      cause,
    })
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw invalid('expected a readable file.', error)
  }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw invalid('expected JSON, found something else.', error)
  }
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]!
  throw invalid(`field "${issue.path.join('.')}": ${issue.message}`, parsed.error)
}
