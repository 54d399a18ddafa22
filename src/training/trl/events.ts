import { z } from 'zod'

const number = z.number()

/** What the Python side says, one JSON line each (python/leap_trl/events.py). */
export const trlEventSchema = z.discriminatedUnion('event', [
  z.object({
    event: z.literal('loading'),
    versions: z.record(z.string(), z.string()),
    device: z.string(),
    processes: number,
    precision: z.string(),
  }),
  z.object({
    event: z.literal('rows'),
    rows: number,
    dropped: number,
    /** Of one pass over the rows. */
    tokens: number,
    trained_tokens: number,
    longest: number,
    sample: z.object({ prompt_end: z.string(), trained: z.string() }),
  }),
  z.object({ event: z.literal('resumed'), step: number, steps: number }),
  z.object({
    event: z.literal('step'),
    step: number,
    steps: number,
    loss: number,
    learning_rate: number,
    tokens: number,
    tokens_per_second: number,
    metrics: z.record(z.string(), number),
  }),
  z.object({ event: z.literal('saved'), step: number }),
  z.object({ event: z.literal('stopped'), step: number }),
  z.object({
    event: z.literal('done'),
    steps: number,
    tokens: number,
    trained_tokens: number,
    final_loss: number,
    held_out_loss: number.nullable(),
    metrics: z.record(z.string(), number).default({}),
    seconds: number,
  }),
  z.object({ event: z.literal('error'), code: z.string(), message: z.string(), advice: z.string() }),
])
export type TrlEvent = z.infer<typeof trlEventSchema>

/** One line's event, or undefined for what is none: a launcher may print, and an event of a newer version is no reason to stop. */
export function parseTrlEvent(line: string): TrlEvent | undefined {
  if (!line.startsWith('{')) return undefined
  try {
    return trlEventSchema.safeParse(JSON.parse(line)).data
  } catch {
    return undefined
  }
}
