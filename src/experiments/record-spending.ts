import type { Run } from '../runs/run.ts'
import { writeFileAtomic } from '../support/atomic-file.ts'
import type { ModelDesk } from './model-desk.ts'

/** Writes what models have cost so far, by phase, beside the run's other records. Nothing where none was asked. */
export async function recordSpending(run: Run, desk: ModelDesk): Promise<void> {
  const rows = desk.spending()
  if (rows.length === 0) return
  await writeFileAtomic(run.paths.spending, `${JSON.stringify(rows, null, 2)}\n`)
}
