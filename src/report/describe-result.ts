import type { Evaluation } from '../evaluation/evaluation.ts'
import type { Spending } from '../models/wrappers/ledger.ts'
import type { CorrectionsSummary } from '../runs/record-corrections.ts'
import { checksTable } from './checks-table.ts'
import { learningCurve } from './learning-curve.ts'
import { spendingTable } from './spending-table.ts'
import { resultTable } from './table.ts'

/** What a run ends with: what the checks on corrections found, what models cost, how the students learnt, the paper's Table 1 for every reported panel, and which student won the selection. */
export function describeResult(
  {
    best,
    evaluations,
    selection,
    checks = [],
    spending = [],
  }: {
    best: string
    evaluations: readonly Evaluation[]
    selection: readonly Evaluation[]
    checks?: readonly { iteration: number; summary: CorrectionsSummary }[]
    spending?: readonly Spending[]
  },
  { width, seed }: { width: number; seed: number },
): string {
  const marked = evaluations.map((evaluation) =>
    evaluation.policy === best ? { ...evaluation, policy: `${best} *` } : evaluation,
  )
  return [
    checksTable(checks),
    spendingTable(spending),
    learningCurve(selection, { seed }),
    resultTable(marked, { width }),
    `* best student: ${best}, by ${selection[0]?.criterion ?? 'success'} on panel ${selection[0]?.panel.name} (${selection[0]?.panel.hash}), ${overlap(selection, evaluations)}.`,
  ]
    .filter((part) => part !== '')
    .join('\n\n')
}

/** A student's success on the games on which it was selected flatters it: a reader must be told which panels these are. */
function overlap(selection: readonly Evaluation[], evaluations: readonly Evaluation[]): string {
  const selectedOn = new Set(selection.flatMap(({ results }) => results.map(({ taskId }) => taskId)))
  const panels = new Map<string, string>()
  for (const { panel, results } of evaluations) {
    const shared = new Set(results.map(({ taskId }) => taskId).filter((id) => selectedOn.has(id))).size
    if (shared > 0)
      panels.set(panel.name, `${shared} games of panel ${panel.name} are among these, which flatters it there`)
  }
  return panels.size === 0 ? 'none of whose games is reported above' : [...panels.values()].join('; ')
}
