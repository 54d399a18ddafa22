import { z } from 'zod'
import type { ExportFormat } from '../format.ts'

const origin = {
  trajectory_id: z.string().min(1),
  step: z.number().int().nonnegative(),
  source: z.enum(['demonstration', 'correction']),
  iteration: z.number().int().nonnegative(),
  kind: z.string().nullable(),
}
const text = z.string().min(1)
/** Messages as JSON: every reader has strings, and few agree about nested columns. */
const prompt = text.refine((value) => Array.isArray(JSON.parse(value)), 'prompt must be a JSON array of messages')

interface Origin {
  trajectoryId: string
  step: number
  source: string
  iteration: number
  kind?: string | undefined
}
const originOf = ({ trajectoryId, step, source, iteration, kind }: Origin) => ({
  trajectory_id: trajectoryId,
  step,
  source,
  iteration,
  kind: kind ?? null,
})

/** One table per kind of row, with where each row comes from: for looking at data, and for trainers of one's own. */
export const parquet: ExportFormat = {
  summary: 'Apache Parquet: one table per kind, with the origin of every row',
  container: 'parquet',
  rows: {
    sft: {
      write: (row) => ({ ...originOf(row), prompt: JSON.stringify(row.prompt), completion: row.completion }),
      schema: z.strictObject({ ...origin, prompt, completion: text }),
    },
    dpo: {
      write: (row) => ({
        ...originOf(row),
        prompt: JSON.stringify(row.prompt),
        chosen: row.chosen,
        rejected: row.rejected,
      }),
      schema: z.strictObject({ ...origin, prompt, chosen: text, rejected: text }),
    },
    kto: {
      write: (row) => ({
        ...originOf(row),
        prompt: JSON.stringify(row.prompt),
        completion: row.completion,
        label: row.label,
      }),
      schema: z.strictObject({ ...origin, prompt, completion: text, label: z.boolean() }),
    },
  },
  usage: (files) => `    import datasets
    rows = datasets.load_dataset("parquet", data_files="${files[0]?.name ?? 'sft.parquet'}")

\`prompt\` is a JSON array of messages. \`iteration\` 0 are demonstrations; \`kind\` is the kind of decision, where the domain can tell.`,
}
