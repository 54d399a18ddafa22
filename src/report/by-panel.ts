import type { Evaluation } from '../evaluation/evaluation.ts'

/** The evaluations of one panel, in the order given. */
export interface PanelGroup {
  panel: Evaluation['panel']
  /** `valid_unseen (0123456789ab), 134 tasks, at most 30 actions`. */
  title: string
  evaluations: Evaluation[]
}

/** Groups evaluations by panel, panels in the order of their first appearance. */
export function byPanel(evaluations: readonly Evaluation[]): PanelGroup[] {
  const groups = new Map<string, PanelGroup>()
  for (const evaluation of evaluations) {
    const { name, hash } = evaluation.panel
    const key = `${name} ${hash}`
    const group = groups.get(key) ?? { panel: evaluation.panel, title: '', evaluations: [] }
    group.evaluations.push(evaluation)
    groups.set(key, group)
  }
  return [...groups.values()].map((group) => ({ ...group, title: describe(group) }))
}

function describe({ panel, evaluations }: PanelGroup): string {
  const tasks = new Set(evaluations[0]?.results.map(({ taskId }) => taskId)).size
  const limits = [...new Set(evaluations.map(({ actions }) => actions.limit))]
  // Two limits make mean actions and rates incomparable: that must not hide.
  return `${panel.name} (${panel.hash}), ${tasks} tasks, at most ${limits.join(' or ')} actions${limits.length > 1 ? ' (NOT the same for all rows)' : ''}`
}
