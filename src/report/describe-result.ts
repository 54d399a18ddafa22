import type { Evaluation } from '../evaluation/evaluation.ts'
import { learningCurve } from './learning-curve.ts'
import { resultTable } from './table.ts'

/** What a run ends with: how the students learnt, the paper's Table 1 for every reported panel, and which student won the selection. */
export function describeResult(
  {
    best,
    evaluations,
    selection,
  }: { best: string; evaluations: readonly Evaluation[]; selection: readonly Evaluation[] },
  { width, seed }: { width: number; seed: number },
): string {
  const marked = evaluations.map((evaluation) =>
    evaluation.policy === best ? { ...evaluation, policy: `${best} *` } : evaluation,
  )
  return [
    learningCurve(selection, { seed }),
    resultTable(marked, { width }),
    `* best student: ${best}, by success on panel ${selection[0]?.panel.name} (${selection[0]?.panel.hash}), which is not reported above.`,
  ].join('\n\n')
}
