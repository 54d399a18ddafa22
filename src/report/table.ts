import type { Evaluation, EvaluationGroup } from '../evaluation/evaluation.ts'
import { byPanel } from './by-panel.ts'
import { measureCell, percent, proportion } from './format.ts'
import { type Grid, renderGrid, type TableFormat } from './grid.ts'

export interface ResultTableOptions {
  format?: TableFormat
  /** What a category is called in the header. Default: its own name, its words on lines of their own where that is long. */
  categoryLabel?: (category: string) => string
  /** Most characters in a line of text; task types that do not fit go to a further table below. Default: no limit. */
  width?: number
}

const legend =
  'success: per cent of episodes [95 % Wilson interval]; actions: mean over all episodes, a failure counts as the limit.'
const measureLegend = 'Columns between them: means over all episodes with their 95 % intervals.'

/**
 * The paper's Table 1: one table per panel (named with its hash), one row per policy in the order given; success with interval and mean
 * actions, over all tasks and per task type. Void episodes belong to no rate and are listed below the table.
 */
export function resultTable(evaluations: readonly Evaluation[], options: ResultTableOptions = {}): string {
  const { format = 'text' } = options
  const parts = byPanel(evaluations).map(({ title, evaluations: rows }) => {
    const grids = layOut(columns(rows, options), options).map((grid) => renderGrid(grid, format))
    const voids = rows.filter((row) => row.voids > 0).map(({ policy, voids }) => `${policy} ${voids}`)
    const note = voids.length === 0 ? [] : [`void episodes (left out): ${voids.join(', ')}`]
    return [format === 'markdown' ? `**${title}**` : title, ...grids, ...note].join(
      format === 'markdown' ? '\n\n' : '\n',
    )
  })
  const hasMeasures = evaluations.some(({ measures }) => measures !== undefined)
  return [...parts, hasMeasures ? `${legend} ${measureLegend}` : legend].join('\n\n')
}

type Column = [header: string, ...cells: string[]]

function columns(rows: readonly Evaluation[], { format, categoryLabel }: ResultTableOptions): Column[] {
  const label = categoryLabel ?? (format === 'markdown' ? (name: string) => name : wrapWords)
  const categories = [...new Set(rows.flatMap(({ byCategory }) => Object.keys(byCategory)))].sort()
  return [
    ['policy', ...rows.map(({ policy }) => policy)],
    ['success', ...rows.map(({ success }) => proportion(success))],
    ...measureNames(rows).map((name): Column => [name, ...rows.map(({ measures }) => measureCell(measures?.[name]))]),
    [
      'actions',
      ...rows.map(
        ({ actions }) => `${actions.mean.toFixed(1)} [${actions.low.toFixed(1)}, ${actions.high.toFixed(1)}]`,
      ),
    ],
    ...categories.map((name): Column => {
      const groups = rows.map(({ byCategory }) => byCategory[name])
      const tasks = Math.max(...groups.map((group) => (group === undefined ? 0 : group.episodes + group.voids)))
      return [`${label(name)}\n(${tasks})`, ...groups.map(categoryCell)]
    }),
  ]
}

function measureNames(rows: readonly Evaluation[]): string[] {
  return [...new Set(rows.flatMap(({ measures = {} }) => Object.keys(measures)))]
}

/** Success with its interval in whole per cent, mean actions below: there are few tasks of each type. */
function categoryCell(group: EvaluationGroup | undefined): string {
  if (group === undefined || group.episodes === 0) return '-'
  const { success, actions } = group
  return `${percent(success.rate, 0)} [${percent(success.low, 0)}, ${percent(success.high, 0)}]\n${actions.mean.toFixed(1)}`
}

/** Cuts the columns into grids that fit the width, each beginning with the policy's name. */
function layOut(
  [names, ...others]: Column[],
  { width = Number.POSITIVE_INFINITY, format }: ResultTableOptions,
): Grid[] {
  const sheets: Column[][] = [[]]
  const limit = format === 'markdown' ? Number.POSITIVE_INFINITY : width
  let used = 0
  for (const column of others) {
    const size = columnWidth(column)
    if (used > 0 && columnWidth(names!) + used + size + 1 > limit) {
      sheets.push([])
      used = 0
    }
    sheets.at(-1)!.push(column)
    used += size
  }
  return sheets.map((sheet) => {
    const [header = [], ...rows] = names!.map((_, index) => [names!, ...sheet].map((column) => column[index]!))
    return { header, rows }
  })
}

/** With its padding and one border. */
function columnWidth(column: Column): number {
  return Math.max(...column.flatMap((cell) => cell.split('\n')).map((line) => line.length)) + 3
}

/** `pick_clean_then_place` over lines of at most twelve characters where its words allow. */
function wrapWords(name: string): string {
  const lines: string[] = []
  for (const word of name.split(/[_\s]+/)) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + word.length < 12) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines.join('\n')
}
