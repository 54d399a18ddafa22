import { compareEvaluations } from '../evaluation/compare.ts'
import type { Evaluation } from '../evaluation/evaluation.ts'
import { byPanel } from './by-panel.ts'
import { measureCell, percent, proportion, pValue, signed } from './format.ts'
import { renderGrid, type TableFormat } from './grid.ts'

export interface LearningCurveOptions {
  format?: TableFormat
  /** Seed of the paired comparisons. */
  seed: number
  /** Further columns by policy, for example held-out label loss, as text. */
  extra?: Readonly<Record<string, Readonly<Record<string, string>>>>
}

/**
 * How success moves from policy to policy (pi_0, pi_1, ... in the order given), one table per panel: rate with interval, the change against
 * the policy before and against the first, each with the exact McNemar p-value of the paired comparison, and how the policy behaves.
 */
export function learningCurve(
  evaluations: readonly Evaluation[],
  { format = 'text', seed, extra = {} }: LearningCurveOptions,
): string {
  const extras = [...new Set(Object.values(extra).flatMap((columns) => Object.keys(columns)))]
  const parts = byPanel(evaluations).map(({ title, evaluations: rows }) => {
    const criterion = rows[0]?.criterion
    const header = [
      'policy',
      '',
      'success',
      'against the one before',
      'against the first',
      'inadmissible',
      'repeated',
      'revisits',
    ]
    const grid = {
      header: [...header, ...(criterion === undefined ? [] : [criterion]), ...extras],
      rows: rows.map((row, index) => [
        row.policy,
        bar(row.success.rate),
        proportion(row.success),
        change(rows[index - 1], row, seed),
        index < 2 ? '' : change(rows[0], row, seed),
        percent(row.behaviour.inadmissible),
        percent(row.behaviour.repeated),
        row.behaviour.revisits === undefined ? '-' : percent(row.behaviour.revisits),
        ...(criterion === undefined ? [] : [measureCell(row.measures?.[criterion])]),
        ...extras.map((name) => extra[row.policy]?.[name] ?? '-'),
      ]),
    }
    return `${format === 'markdown' ? `**${title}**\n` : title}\n${renderGrid(grid, format)}`
  })
  return [
    ...parts,
    'changes in points of success with the exact McNemar p-value, task by task; inadmissible, repeated, revisits: per cent of actions (revisits: of visits while searching).',
  ].join('\n\n')
}

function change(before: Evaluation | undefined, after: Evaluation, seed: number): string {
  if (before === undefined) return ''
  // The interval is not shown here, so the resamples would be wasted.
  const { difference, pValue: p } = compareEvaluations(before, after, { seed, resamples: 1 })
  return `${signed(100 * difference.mean)} (p ${pValue(p)})`
}

function bar(rate: number, width = 20): string {
  const full = Math.round(rate * width)
  return '█'.repeat(full) + '░'.repeat(width - full)
}
