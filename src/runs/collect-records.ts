import { existsSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { z } from 'zod'
import { LeapError } from '../contracts/error.ts'
import { type AppendLogOptions, openAppendLog } from '../support/append-log.ts'
import { compareText } from '../support/compare-text.ts'
import { parseLine } from '../support/jsonl.ts'
import { readLines } from '../support/read-lines.ts'
import { type WrittenFile, writeLinesAtomic } from '../support/write-lines-atomic.ts'

/** Where finished pieces of work are handed in, in any order. */
export interface RecordSink<Item> {
  /** True if this piece was finished before, in this process or one that was killed: skip it. */
  has(key: string): boolean
  /** Pieces that were finished when the collection began. */
  readonly resumed: number
  /**
   * Records a finished piece of work: its records, which may be none. Resolves when they cannot be lost to a killed process. With
   * `failed` (a cause) the piece counts as finished now, but a resumed run does it again.
   */
  add(key: string, items: readonly Item[], failed?: string): Promise<void>
}

export interface CollectOptions<Schema extends z.ZodType> {
  /** The finished file: records sorted by key, in the order given within a key. */
  path: string
  /** What the unfinished collection is kept in, in order of completion. */
  partialPath: string
  schema: Schema
  /** Told of every record of the finished file, in its order, also of those that an earlier process recorded: for counting. */
  onRecord?: (item: z.output<Schema>) => void
  log?: AppendLogOptions
}

export interface Collected extends WrittenFile {
  keys: number
  /** Keys whose piece of work failed for good. */
  failed: number
}

const lineSchema = z.object({ key: z.string(), failed: z.string().optional(), records: z.array(z.unknown()) })

/**
 * Collects the records of many pieces of work so that a kill loses none of them: each piece is appended to the partial file, and when
 * all are done the finished file is written, sorted by key, at once. It has the same bytes whatever the order of completion and however
 * often the work was interrupted. The partial file is left for the caller to remove once the journal says that the phase is finished.
 *
 * Throws a LeapError `RUN_RECORD_INVALID` for a record that its schema refuses or a key that comes twice, `JSONL_INVALID` for a damaged
 * partial file, and whatever `work` throws.
 */
export async function collectRecords<Schema extends z.ZodType>(
  { path, partialPath, schema, onRecord, log: logOptions }: CollectOptions<Schema>,
  work: (sink: RecordSink<z.input<Schema>>) => Promise<void>,
): Promise<Collected> {
  // Opening cuts off what a killed process left unfinished; only then can every line be read.
  const log = await openAppendLog(partialPath, logOptions)
  const done = await readPartial(partialPath).catch(async (error) => {
    await log.close()
    throw error
  })
  const resumed = done.size
  const added = new Set<string>(done.keys())
  const failed = new Set<string>()
  const sink: RecordSink<z.input<Schema>> = {
    resumed,
    has: (key) => added.has(key),
    async add(key, items, cause) {
      if (added.has(key)) throw invalid(path, key, 'is recorded already')
      added.add(key)
      const records = items.map((item, index) => {
        const parsed = schema.safeParse(item)
        if (parsed.success) return item
        const issue = parsed.error.issues[0]!
        throw invalid(path, key, `record ${index}, field "${issue.path.join('.')}": ${issue.message}`, parsed.error)
      })
      if (cause !== undefined) failed.add(key)
      await log.append(JSON.stringify({ key, ...(cause === undefined ? {} : { failed: cause }), records }))
    },
  }
  try {
    await work(sink)
  } finally {
    await log.close()
  }
  const lines = await readPartial(partialPath, true)
  const written = await writeLinesAtomic(
    path,
    sortedRecords(partialPath, lines, (item) => onRecord?.(schema.parse(item))),
  )
  return { ...written, keys: lines.size, failed: failed.size }
}

interface Span {
  start: number
  bytes: number
}

/** Byte spans of the last line of each key. Failed pieces are left out unless they are to count. */
async function readPartial(path: string, includeFailed = false): Promise<Map<string, Span>> {
  const spans = new Map<string, Span>()
  if (!existsSync(path)) return spans
  for await (const { text, number, start } of readLines(path)) {
    const { key, failed } = parsePartial(text, `${path}:${number}`)
    if (failed === undefined || includeFailed) spans.set(key, { start, bytes: Buffer.byteLength(text) })
  }
  return spans
}

function parsePartial(text: string, where: string): z.output<typeof lineSchema> {
  const parsed = lineSchema.safeParse(parseLine(text, where))
  if (parsed.success) return parsed.data
  throw new LeapError({
    code: 'JSONL_INVALID',
    message: `${where}: expected {"key", "records"}, found ${text.slice(0, 60)}`,
    remedy: 'The file was changed by hand or damaged. Delete the line; what it held will be done again.',
    cause: parsed.error,
  })
}

/** Reads the spans back one by one in the order of their keys: the whole need not fit in memory. */
async function* sortedRecords(
  path: string,
  spans: Map<string, Span>,
  onRecord: (item: unknown) => void,
): AsyncGenerator<string, void, undefined> {
  const file = await open(path, 'r')
  try {
    for (const [key, { start, bytes }] of [...spans].sort(([a], [b]) => compareText(a, b))) {
      const buffer = Buffer.alloc(bytes)
      await file.read(buffer, 0, bytes, start)
      for (const record of parsePartial(buffer.toString('utf8'), `${path}, key ${key}`).records) {
        onRecord(record)
        yield JSON.stringify(record)
      }
    }
  } finally {
    await file.close()
  }
}

function invalid(path: string, key: string, what: string, cause?: unknown): LeapError {
  return new LeapError({ code: 'RUN_RECORD_INVALID', message: `${path}, key ${key}: ${what}.`, cause })
}
