import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { type Correction, correctionSchema } from '../../contracts/correction.ts'
import { type outcomeSchema, type Trajectory, trajectorySchema } from '../../contracts/trajectory.ts'
import { compareText } from '../../support/compare-text.ts'
import { readJsonl } from '../../support/jsonl.ts'

/** A file of records of one phase. While the phase runs, its records lie in a partial file, in no order. */
export interface RecordFile {
  phase: string
  path: string
  partial: boolean
}

/** The record files in one folder of a run (`trajectories`, `corrections`), by phase; a finished file hides its partial one. */
export async function recordFiles(run: string, folder: 'trajectories' | 'corrections'): Promise<RecordFile[]> {
  const path = join(run, folder)
  const names = existsSync(path) ? await readdir(path) : []
  const files = new Map<string, RecordFile>()
  for (const name of names.filter((name) => name.endsWith('.jsonl')).sort(compareText)) {
    const partial = name.endsWith('.partial.jsonl')
    const phase = phaseName(name.slice(0, partial ? -'.partial.jsonl'.length : -'.jsonl'.length))
    if (!partial || !files.has(phase)) files.set(phase, { phase, path: join(path, name), partial })
  }
  return [...files.values()].sort((a, b) => compareText(a.phase, b.phase))
}

/** Undoes the percent-encoding of file names; a name that was cut for its length stays as it is. */
function phaseName(encoded: string): string {
  try {
    return decodeURIComponent(encoded)
  } catch {
    return encoded
  }
}

/** What a list needs of a trajectory. A run holds gigabytes of them, so the rest is dropped while reading. */
const summarySchema = trajectorySchema
  .pick({ id: true, policy: true, outcome: true, score: true })
  .extend({ task: z.object({ category: z.string() }), steps: z.array(z.unknown()) })
  .transform(({ steps, task, ...rest }) => ({ ...rest, category: task.category, actions: steps.length }))
export type TrajectorySummary = z.output<typeof summarySchema> & {
  phase: string
  outcome: z.infer<typeof outcomeSchema>
}

/** Reads the trajectories of a phase one by one, as summaries. */
export async function* trajectorySummaries({ path, phase, partial }: RecordFile): AsyncGenerator<TrajectorySummary> {
  for await (const summary of readJsonl(path, summarySchema, { tolerateTorn: partial })) yield { ...summary, phase }
}

const idSchema = z.looseObject({ id: z.string() })

/** Reads one trajectory in full; undefined if the file does not hold it. */
export async function readTrajectory({ path, partial }: RecordFile, id: string): Promise<Trajectory | undefined> {
  for await (const record of readJsonl(path, idSchema, { tolerateTorn: partial }))
    if (record.id === id) return trajectorySchema.parse(record)
  return undefined
}

/** Passes every correction of a run to `take`. */
export async function readCorrections(run: string, take: (correction: Correction) => void): Promise<void> {
  for (const { path, partial } of await recordFiles(run, 'corrections'))
    for await (const correction of readJsonl(path, correctionSchema, { tolerateTorn: partial })) take(correction)
}
