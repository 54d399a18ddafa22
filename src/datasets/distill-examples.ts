import { LeapError } from '../contracts/error.ts'
import type { DatasetExample, DistillExample } from '../contracts/example.ts'

/** Rows for on-policy distillation: the student's own words, and the privileged prompt under which the teacher scores them. Throws `PRIVILEGE_MISSING`. */
export function distillExamples(rows: readonly DatasetExample[]): DistillExample[] {
  return rows.flatMap((row) => {
    const { completion: _, rejected, privilegedPrompt, ...rest } = row
    if (rejected === undefined) return []
    if (privilegedPrompt) return [{ ...rest, privilegedPrompt, completion: rejected }]
    throw new LeapError({
      code: 'PRIVILEGE_MISSING',
      message: `${row.trajectoryId} step ${row.step}: distillation needs the prompt of a teacher that sees the hidden state, found none`,
      remedy: 'Make the rows with withPrivilege from trajectories that recorded their hidden states.',
    })
  })
}
