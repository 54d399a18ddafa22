import type { z } from 'zod'
import { LeapError } from '../contracts/error.ts'
import { readLines } from './read-lines.ts'

/**
 * The records of a JSON Lines file, checked one by one. With `tolerateTorn`, a last line without a line feed is ignored: somebody
 * is writing it at this moment, or was killed while doing so.
 * Throws a LeapError `JSONL_INVALID` naming file, line and field.
 */
export async function* readJsonl<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
  { tolerateTorn = false }: { tolerateTorn?: boolean } = {},
): AsyncGenerator<z.output<Schema>, void, undefined> {
  for await (const { text, number, terminated } of readLines(path)) {
    if (!terminated && tolerateTorn) return
    const where = `${path}:${number}`
    const parsed = schema.safeParse(parseLine(text, where))
    if (!parsed.success) {
      const issue = parsed.error.issues[0]!
      throw invalid(where, `field "${issue.path.join('.')}": ${issue.message}`, parsed.error)
    }
    yield parsed.data
  }
}

/** One line's JSON. Throws a LeapError `JSONL_INVALID` that starts with `where`. */
export function parseLine(text: string, where: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    const shown = text.length > 60 ? `${text.slice(0, 60)}...` : text
    throw invalid(where, `expected one JSON value per line, found ${JSON.stringify(shown)}`, error)
  }
}

function invalid(where: string, message: string, cause: unknown): LeapError {
  return new LeapError({
    code: 'JSONL_INVALID',
    message: `${where}: ${message}`,
    remedy:
      'The file was changed or damaged after it was written. Restore it, or delete it and resume the run that made it.',
    cause,
  })
}
