import type { Evaluation, EvaluationGroup } from '../../evaluation/evaluation.ts'
import { sanitizeLine } from '../text/sanitize.ts'
import { plainTable } from '../text/table.ts'

/** Success with its 95 % interval and mean actions per policy, overall and per task type, as lines. All evaluations are on one panel. */
export function evaluationTable(evaluations: readonly Evaluation[], bold: (text: string) => string): string {
  const categories = [...new Set(evaluations.flatMap(({ byCategory }) => Object.keys(byCategory)))].sort()
  const row = (name: string, group: (evaluation: Evaluation) => EvaluationGroup | undefined) =>
    evaluations.map((evaluation) => [sanitizeLine(evaluation.policy), sanitizeLine(name), ...cells(group(evaluation))])
  const rows = [
    ...row('all', (evaluation) => evaluation),
    ...(categories.length < 2 ? [] : categories.flatMap((name) => row(name, ({ byCategory }) => byCategory[name]))),
  ]
  const head = ['policy', 'games', 'count', 'success %', '95 % interval', 'actions', 'void']
  return plainTable(head, rows, { bold, align: ['left', 'left', 'right', 'right', 'right', 'right', 'right'] })
}

function cells(group: EvaluationGroup | undefined): string[] {
  if (group === undefined) return ['0', '', '', '', '']
  const { episodes, voids, success, actions } = group
  const percent = (share: number) => (100 * share).toFixed(1)
  return [
    String(episodes),
    percent(success.rate),
    `${percent(success.low)} - ${percent(success.high)}`,
    actions.mean.toFixed(1),
    voids === 0 ? '' : String(voids),
  ]
}
