import type { DatasetExample, DpoExample, KtoExample } from '../contracts/example.ts'

/** Pairs for DPO: chosen = the correction, rejected = what the student said. Steps that the teacher left as they were, or did itself, are no pairs. */
export function dpoExamples(rows: readonly DatasetExample[]): DpoExample[] {
  return rows.flatMap((row) => {
    const { completion, rejected, privilegedPrompt: _, ...rest } = row
    return rejected === undefined || rejected === completion ? [] : [{ ...rest, chosen: completion, rejected }]
  })
}

/** Rows for KTO, unpaired: every correction is desirable; what the student said is undesirable where the teacher changed it. */
export function ktoExamples(rows: readonly DatasetExample[]): KtoExample[] {
  return rows.flatMap((row) => {
    const { completion, rejected, privilegedPrompt: _, ...rest } = row
    const desirable = { ...rest, completion, label: true }
    if (rejected === undefined || rejected === completion) return [desirable]
    return [desirable, { ...rest, completion: rejected, label: false }]
  })
}
