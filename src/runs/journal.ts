import { z } from 'zod'
import { openAppendLog } from '../support/append-log.ts'
import type { Clock } from '../support/clock.ts'
import { readJsonl } from '../support/jsonl.ts'

const base = { at: z.string() }
const inputsSchema = z.record(z.string(), z.string())
const recordFileSchema = z.object({
  /** Relative to the run directory, with forward slashes. */
  path: z.string(),
  records: z.number().int().nonnegative(),
  bytes: z.number().int().nonnegative(),
  sha256: z.string(),
})
export type RecordFileEntry = z.infer<typeof recordFileSchema>

/** Everything that happened to a run, in order. The only place for times and for what differs between two equal runs. */
export const journalEventSchema = z.discriminatedUnion('event', [
  z.object({
    ...base,
    event: z.literal('opened'),
    leapVersion: z.string(),
    nodeVersion: z.string(),
    pid: z.number(),
    resumed: z.boolean(),
    /** Bytes of an unfinished journal line that a killed process left and that were cut off. */
    cut: z.number(),
  }),
  z.object({ ...base, event: z.literal('phase-started'), phase: z.string(), inputs: inputsSchema }),
  z.object({
    ...base,
    event: z.literal('phase-finished'),
    phase: z.string(),
    inputs: inputsSchema,
    result: z.unknown(),
    files: z.array(recordFileSchema),
    /** Wall time of this attempt. */
    seconds: z.number(),
  }),
  z.object({
    ...base,
    event: z.literal('note'),
    phase: z.string().optional(),
    note: z.record(z.string(), z.unknown()),
  }),
  z.object({ ...base, event: z.literal('closed') }),
])
export type JournalEvent = z.infer<typeof journalEventSchema>

type WithoutTime<Event> = Event extends unknown ? Omit<Event, 'at'> : never

export interface Journal {
  /** What had been written before it was opened. */
  readonly past: readonly JournalEvent[]
  readonly cut: number
  write(event: WithoutTime<JournalEvent>): Promise<void>
  close(): Promise<void>
}

/** Opens a run's journal for writing. Every event is forced to the disk. Throws a LeapError `JSONL_INVALID` if a line is damaged. */
export async function openJournal(path: string, clock: Clock): Promise<Journal> {
  const log = await openAppendLog(path, { syncEvery: 1 })
  const past = await readJournal(path).catch(async (error) => {
    await log.close()
    throw error
  })
  return {
    past,
    cut: log.cut,
    write: (event) => log.append(JSON.stringify({ at: new Date(clock.now()).toISOString(), ...event })),
    close: () => log.close(),
  }
}

/** Reads a journal, also one that is being written. Throws a LeapError `JSONL_INVALID` naming the damaged line. */
export async function readJournal(path: string): Promise<JournalEvent[]> {
  const events: JournalEvent[] = []
  for await (const event of readJsonl(path, journalEventSchema, { tolerateTorn: true })) events.push(event)
  return events
}
