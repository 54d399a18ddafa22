import { open } from 'node:fs/promises'
import { z } from 'zod'
import { LeapError } from '../../contracts/error.ts'
import type { GenerateRequest, GenerateResult } from '../../contracts/model.ts'
import { openAppendLog } from '../../support/append-log.ts'
import { parseLine } from '../../support/jsonl.ts'
import { readLines } from '../../support/read-lines.ts'

const resultSchema = z.looseObject({
  text: z.string(),
  finishReason: z.enum(['stop', 'length', 'content-filter', 'refusal']),
  tokens: z.object({ prompt: z.number(), completion: z.number() }),
  cost: z.number().optional(),
  usage: z.object({ cachedPrompt: z.number().optional(), reasoning: z.number().optional() }).optional(),
})

const entrySchema = z.discriminatedUnion('kind', [
  /** A call that was answered. */
  z.object({
    kind: z.literal('answer'),
    key: z.string(),
    model: z.string(),
    phase: z.string(),
    result: resultSchema,
    /** The messages, where the journal was opened to keep them. */
    messages: z.array(z.object({ role: z.string(), content: z.string() })).optional(),
  }),
  /** A call without an answer that the provider may bill all the same, at most so many US dollars. */
  z.object({ kind: z.literal('lost'), model: z.string(), phase: z.string(), cost: z.number() }),
])
export type JournalEntry = z.infer<typeof entrySchema>

export interface CallJournalOptions {
  /** Also write down what was asked, for people. The file grows with every prompt. Default false. */
  keepMessages?: boolean
  /** Told every entry that was there when the journal was opened, in order: for a ledger. */
  onPast?: (entry: JournalEntry) => void
}

/**
 * Every paid answer of a run, in a file that only grows (JSON lines). An answer is on its way to the disk before anybody uses it, so a run that
 * is killed and resumed pays for nothing twice. Only the places of the answers are held in memory.
 */
export interface CallJournal {
  /** Answers it holds. */
  readonly size: number
  find(key: string): Promise<GenerateResult | undefined>
  answer(entry: {
    key: string
    model: string
    phase: string
    messages: GenerateRequest['messages']
    result: GenerateResult
  }): Promise<void>
  lost(entry: { model: string; phase: string; cost: number }): Promise<void>
  /** Work whose result must not get lost: `close` waits for it. */
  readonly pending: Map<string, SharedCall>
  /** Waits for the calls on their way, then closes the file. */
  close(): Promise<void>
}

/** A call that several callers wait for. */
export interface SharedCall {
  result: Promise<GenerateResult>
  waiting: number
  /** Aborts when nobody waits any more. */
  abandon: AbortController
}

/** Lines between two orders to put them on the disk itself: what a power failure may cost. */
const syncEvery = 64

/** Opens or creates the journal at a path. Throws a LeapError `JSONL_INVALID` naming a damaged line; an unfinished last line is cut off. */
export async function openCallJournal(
  path: string,
  { keepMessages = false, onPast }: CallJournalOptions = {},
): Promise<CallJournal> {
  // Answers survive a kill once the operating system has them; the disk is told now and then, and nobody waits for it.
  const log = await openAppendLog(path, { syncEvery: Number.POSITIVE_INFINITY })
  const places = new Map<string, { start: number; length: number }>()
  const pending = new Map<string, SharedCall>()
  let end = 0
  let written = 0
  try {
    for await (const { text, number, start } of readLines(path)) {
      const parsed = entrySchema.safeParse(parseLine(text, `${path}:${number}`))
      if (!parsed.success) throw damaged(path, number, parsed.error)
      const length = Buffer.byteLength(text)
      if (parsed.data.kind === 'answer') places.set(parsed.data.key, { start, length })
      onPast?.(parsed.data)
      end = start + length + 1
    }
  } catch (error) {
    await log.close()
    throw error
  }
  const file = await open(path, 'r')
  const append = async (entry: JournalEntry) => {
    const line = JSON.stringify(entry)
    const place = { start: end, length: Buffer.byteLength(line) }
    // Lines keep the order of the calls, so the place is known before the line is written.
    end += place.length + 1
    await log.append(line)
    if (entry.kind === 'answer') places.set(entry.key, place)
    // A disk that fails makes the next line fail, or the close.
    if (++written % syncEvery === 0) log.flush().catch(() => {})
  }
  return {
    get size() {
      return places.size
    },
    pending,
    async find(key) {
      const place = places.get(key)
      if (!place) return undefined
      const bytes = Buffer.alloc(place.length)
      await file.read(bytes, 0, place.length, place.start)
      const entry = JSON.parse(bytes.toString('utf8')) as { result: GenerateResult }
      return entry.result
    },
    async answer({ messages, ...entry }) {
      const result = entry.result as z.infer<typeof resultSchema>
      const kept = keepMessages ? { messages: messages.map(({ role, content }) => ({ role, content })) } : {}
      await append({ kind: 'answer', ...entry, result, ...kept })
    },
    lost: (entry) => append({ kind: 'lost', ...entry }),
    async close() {
      while (pending.size > 0) await Promise.allSettled([...pending.values()].map(({ result }) => result))
      await log.close()
      await file.close()
    },
  }
}

function damaged(path: string, line: number, error: z.ZodError): LeapError {
  const issue = error.issues[0]!
  return new LeapError({
    code: 'JSONL_INVALID',
    message: `${path}:${line}: field "${issue.path.join('.')}": ${issue.message}`,
    remedy:
      'The file was changed or damaged after it was written. Restore it, or delete it: the answers in it are then asked for, and paid, again.',
    cause: error,
  })
}
