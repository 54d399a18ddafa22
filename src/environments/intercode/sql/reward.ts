import { kendallTau } from '../upstream/kendall-tau.ts'
import { roundAsNumpy } from '../upstream/rounding.ts'

/**
 * InterCode's SQL reward: the share of rows that two results have in common (as multisets), times how well the common ones are in the same order
 * (Kendall's tau-b, so it can be negative), rounded to two decimals. Where an order cannot be told (one common row, or all equal) the share alone,
 * not rounded.
 *
 * @param agent rows as Python writes them (`str(tuple)`); undefined where the last action gave no rows, or an error: then 0
 * @param gold rows of the gold query; an error there counts as an empty list
 */
export function scoreSql(agent: readonly string[] | undefined, gold: readonly string[]): number {
  if (agent === undefined) return 0
  const overlap = overlapOfRows(agent, gold)
  if (overlap === 0 || (agent.length === 0 && gold.length === 0)) return overlap
  const tau = kendallTau(commonRows(agent, countRows(gold)), commonRows(gold, countRows(agent)))
  return Number.isNaN(tau) ? overlap : roundAsNumpy(tau * overlap, 2)
}

/** Intersection over union of two multisets of rows, 0 to 1; two empty ones are equal. Early versions of InterCode gave this as the reward. */
export function overlapOfRows(agent: readonly string[], gold: readonly string[]): number {
  const [agentCounts, goldCounts] = [countRows(agent), countRows(gold)]
  let common = 0
  let all = 0
  for (const row of new Set([...agent, ...gold])) {
    const [mine, theirs] = [agentCounts.get(row) ?? 0, goldCounts.get(row) ?? 0]
    common += Math.min(mine, theirs)
    all += Math.max(mine, theirs)
  }
  return all === 0 ? 1 : common / all
}

/** The rows that the other side has too, in order, each as often as both have it. */
function commonRows(rows: readonly string[], other: ReadonlyMap<string, number>): string[] {
  const left = new Map(other)
  return rows.filter((row) => {
    const count = left.get(row) ?? 0
    if (count > 0) left.set(row, count - 1)
    return count > 0
  })
}

function countRows(rows: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const row of rows) counts.set(row, (counts.get(row) ?? 0) + 1)
  return counts
}
