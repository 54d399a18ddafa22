import { stat } from 'node:fs/promises'
import type { z } from 'zod'
import { LeapError } from '../contracts/error.ts'
import { readJsonl } from '../support/jsonl.ts'
import type { RecordFileEntry } from './journal.ts'

/** A finished file of records. It may be larger than memory: iterate, or take all if you know better. */
export interface RecordFile<Item> extends AsyncIterable<Item> {
  readonly path: string
  readonly entry: RecordFileEntry
  /** All records, in the order of the file. */
  all(): Promise<Item[]>
}

/**
 * Opens a finished file. Throws a LeapError `RUN_FILE_CHANGED` if it is missing or has another size than when it was written;
 * reading throws `JSONL_INVALID` naming file, line and field.
 */
export async function openRecordFile<Schema extends z.ZodType>(
  path: string,
  entry: RecordFileEntry,
  schema: Schema,
): Promise<RecordFile<z.output<Schema>>> {
  const bytes = await stat(path).then(
    ({ size }) => size,
    () => undefined,
  )
  if (bytes !== entry.bytes) {
    throw new LeapError({
      code: 'RUN_FILE_CHANGED',
      message: `${path}: expected ${entry.bytes} bytes as the journal recorded, found ${bytes === undefined ? 'no file' : `${bytes} bytes`}.`,
      remedy: 'Restore the file, or start a new run: what came after was made from it.',
    })
  }
  const iterate = () => readJsonl(path, schema)
  return {
    path,
    entry,
    [Symbol.asyncIterator]: iterate,
    async all() {
      const items: z.output<Schema>[] = []
      for await (const item of iterate()) items.push(item)
      return items
    },
  }
}
