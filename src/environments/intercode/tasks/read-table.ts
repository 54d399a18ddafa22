import { z } from 'zod'
import { LeapError } from '../../../contracts/error.ts'

/** Reads a JSON table of tasks. Throws a LeapError `INTERCODE_TABLE_INVALID` that names file, row and field. */
export function readTable<Row>(text: string, path: string, row: z.ZodType<Row>): Row[] {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw invalid(path, `expected JSON, found ${(cause as Error).message}`, cause)
  }
  const parsed = z.array(row).min(1).safeParse(value)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]!
  const [index, ...field] = issue.path
  const where = index === undefined ? 'the file' : `row ${String(index)}, field "${field.join('.')}"`
  throw invalid(path, `${where}: ${issue.message}`, parsed.error)
}

function invalid(path: string, message: string, cause: unknown): LeapError {
  return new LeapError({
    code: 'INTERCODE_TABLE_INVALID',
    message: `${path}: ${message}`,
    remedy: 'Give the file as InterCode publishes it: a list of objects with query and gold.',
    cause,
  })
}
