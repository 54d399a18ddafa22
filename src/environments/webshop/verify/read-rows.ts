import type { z } from 'zod'
import { LeapError } from '../../../contracts/error.ts'
import { readPackedText } from '../loading/read-data-file.ts'

/** A row of a file of recordings, and where it stands. */
export interface RecordedRow<Row> {
  readonly row: Row
  /** `file:line`. */
  readonly where: string
}

/**
 * The rows of a JSON Lines file, plain or packed with gzip or xz; empty lines are passed over.
 * @throws LeapError `RECORDING_INVALID` naming file, line and field, also for a file without rows; `RECORDING_UNREADABLE`
 */
export async function readRows<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
): Promise<RecordedRow<z.output<Schema>>[]> {
  const rows: RecordedRow<z.output<Schema>>[] = []
  for (const [index, line] of (await readText(path)).split('\n').entries()) {
    if (line.trim() === '') continue
    const where = `${path}:${index + 1}`
    rows.push({ row: checkRow(parse(line, where), schema, where), where })
  }
  // A file that was cut off at its beginning must not look like one that was compared.
  if (rows.length === 0) throw invalid(path, 'expected rows, found none')
  return rows
}

/** The text of a file, unpacked, without a byte order mark. Throws a LeapError `RECORDING_UNREADABLE`. */
export async function readText(path: string): Promise<string> {
  try {
    return await readPackedText(path)
  } catch (cause) {
    const { message } = cause as Error
    throw new LeapError({ code: 'RECORDING_UNREADABLE', message: `${path}: cannot be read: ${message}`, cause })
  }
}

export function checkRow<Schema extends z.ZodType>(json: unknown, schema: Schema, where: string): z.output<Schema> {
  const parsed = schema.safeParse(json)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]!
  const field = issue.path.length === 0 ? '' : `field "${issue.path.join('.')}": `
  throw invalid(where, `${field}${issue.message}`, parsed.error)
}

export function parse(text: string, where: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw invalid(where, `expected JSON, found ${JSON.stringify(text.slice(0, 60))}`, error)
  }
}

function invalid(where: string, message: string, cause?: unknown): LeapError {
  return new LeapError({
    code: 'RECORDING_INVALID',
    message: `${where}: ${message}`,
    remedy: 'See `leap verify webshop --help` for the formats.',
    cause,
  })
}
