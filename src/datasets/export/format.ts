import type { z } from 'zod'
import type { DpoExample, KtoExample, SftExample } from '../../contracts/example.ts'

/** Rows of each kind that an export may hold. */
export interface ExportRows {
  sft: readonly SftExample[]
  dpo: readonly DpoExample[]
  kto: readonly KtoExample[]
}
export type RowKind = keyof ExportRows
export const rowKinds = ['sft', 'dpo', 'kto'] as const satisfies readonly RowKind[]

/** How one kind of row is written, and the rules that its trainer has for it. */
export interface RowFormat<Row> {
  write(row: Row): Record<string, unknown>
  /** The format's own rules for one row: unknown fields are refused, since trainers drop or trip over them. */
  schema: z.ZodType
}

/** A file of rows that an export has written. */
export interface ExportedFile {
  name: string
  kind: RowKind
  /** `heldout`: rows that the run never trained on. */
  split: 'train' | 'heldout'
  rows: number
}

/** A format that other trainers read. A new one is one file in `formats/` and one entry in `formats.ts`. */
export interface ExportFormat {
  /** What reads it, for the list of formats. */
  summary: string
  container: 'jsonl' | 'json' | 'parquet'
  /** The kinds of rows that the format has; others are left out, and the README says so. */
  rows: { readonly [Kind in RowKind]?: RowFormat<ExportRows[Kind][number]> }
  /** Rules about a whole file: what its trainer would refuse or do in silence. In words; nothing = fine. */
  warnings?(file: ExportedFile, rows: readonly { label?: boolean }[]): string[]
  /** Files beside the rows, by name: a trainer's configuration. */
  companions?(files: readonly ExportedFile[]): Record<string, string>
  /** How to train with it, for the README. */
  usage(files: readonly ExportedFile[]): string
}
