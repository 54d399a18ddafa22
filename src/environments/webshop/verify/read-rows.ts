import { readFile } from 'node:fs/promises'
import type { z } from 'zod'
import { LeapError } from '../../../contracts/error.ts'

/** A row of a file of recordings, and where it stands. */
export interface RecordedRow<Row> {
  readonly row: Row
  /** `file:line`. */
  readonly where: string
}

/**
 * The rows of a JSON Lines file.
 * @throws LeapError `RECORDING_INVALID` naming file, line and field; `RECORDING_UNREADABLE`
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
  return rows
}

export async function readText(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((cause: Error) => {
    throw new LeapError({ code: 'RECORDING_UNREADABLE', message: `${path}: cannot be read: ${cause.message}`, cause })
  })
}

export function checkRow<Schema extends z.ZodType>(json: unknown, schema: Schema, where: string): z.output<Schema> {
  const parsed = schema.safeParse(json)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]!
  throw invalid(where, `field "${issue.path.join('.')}": ${issue.message}`, parsed.error)
}

export function parse(text: string, where: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw invalid(where, `expected JSON, found ${JSON.stringify(text.slice(0, 60))}`, error)
  }
}

function invalid(where: string, message: string, cause: unknown): LeapError {
  return new LeapError({
    code: 'RECORDING_INVALID',
    message: `${where}: ${message}`,
    remedy: 'See `leap verify webshop --help` for the formats.',
    cause,
  })
}
