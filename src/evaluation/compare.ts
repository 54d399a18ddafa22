import { LeapError } from '../contracts/error.ts'
import { compareText } from '../support/compare-text.ts'
import { createRandom } from '../support/random.ts'
import type { Evaluation } from './evaluation.ts'
import { mcnemar } from './mcnemar.ts'

/** Two policies on the same tasks, task by task. Rates are over the tasks that both were judged on. */
export interface Comparison {
  first: string
  second: string
  panel: { name: string; hash: string }
  /** Tasks judged for both. Tasks that are void for either are left out and counted in `unpaired`. */
  pairs: number
  unpaired: number
  /** Pairs by who succeeded. A policy with several samples succeeds if more than half of them do; half counts as failure. */
  both: number
  onlyFirst: number
  onlySecond: number
  neither: number
  /** Success rate of the second minus the first, with its 95 % percentile bootstrap interval over tasks. */
  difference: { mean: number; low: number; high: number }
  /** The same of the measure by which policies are selected, in its own unit, where both were judged by one. */
  criterion?: { name: string; difference: Comparison['difference'] }
  /** Exact two-sided McNemar p-value: chance of so lopsided a disagreement if neither is better. */
  pValue: number
}

export interface CompareOptions {
  seed: number
  /** Bootstrap resamples. Default 10,000. */
  resamples?: number
}

/** Compares two policies. Throws a LeapError `COMPARISON_PANEL_MISMATCH` unless both were judged on the same panel. */
export function compareEvaluations(
  first: Evaluation,
  second: Evaluation,
  { seed, resamples = 10_000 }: CompareOptions,
): Comparison {
  if (first.panel.hash !== second.panel.hash) {
    throw new LeapError({
      code: 'COMPARISON_PANEL_MISMATCH',
      message: `Expected two policies on one panel, found ${first.policy} on ${first.panel.name} (${first.panel.hash}) and ${second.policy} on ${second.panel.name} (${second.panel.hash}).`,
      remedy: 'Numbers from different panels cannot be compared: evaluate both on the same one.',
    })
  }
  const rates = [ratesByTask(first), ratesByTask(second)] as const
  const { criterion } = first
  const tasks = [...new Set([...first.results, ...second.results].map(({ taskId }) => taskId))].sort(compareText)
  const paired = tasks.filter((id) => rates.every((rate) => rate.has(id)))
  const pairs = paired.map((id) => [rates[0].get(id)!, rates[1].get(id)!] as const)
  const count = (a: boolean, b: boolean) => pairs.filter(([x, y]) => x > 0.5 === a && y > 0.5 === b).length
  const onlyFirst = count(true, false)
  const onlySecond = count(false, true)
  return {
    first: first.policy,
    second: second.policy,
    panel: first.panel,
    pairs: pairs.length,
    unpaired: tasks.length - pairs.length,
    both: count(true, true),
    onlyFirst,
    onlySecond,
    neither: count(false, false),
    difference: bootstrap(
      pairs.map(([x, y]) => y - x),
      seed,
      resamples,
    ),
    ...(criterion === undefined || criterion !== second.criterion
      ? {}
      : {
          criterion: { name: criterion, difference: compareMeasure(first, second, criterion, paired, seed, resamples) },
        }),
    pValue: mcnemar(onlyFirst, onlySecond),
  }
}

function compareMeasure(
  first: Evaluation,
  second: Evaluation,
  name: string,
  paired: readonly string[],
  seed: number,
  resamples: number,
): Comparison['difference'] {
  const [before, after] = [meansByTask(first, name), meansByTask(second, name)]
  const differences = paired.map((id) => after.get(id)! - before.get(id)!)
  return bootstrap(differences, seed, resamples)
}

const ratesByTask = (evaluation: Evaluation) => byTask(evaluation, ({ outcome }) => (outcome === 'success' ? 1 : 0))

const meansByTask = (evaluation: Evaluation, measure: string) =>
  byTask(evaluation, ({ measures }) => measures?.[measure] ?? 0)

/** The mean over a task's samples, void ones left out. */
function byTask(
  { results }: Evaluation,
  value: (result: Evaluation['results'][number]) => number,
): Map<string, number> {
  const sums = new Map<string, { sum: number; episodes: number }>()
  for (const result of results) {
    if (result.outcome === 'void') continue
    const { sum, episodes } = sums.get(result.taskId) ?? { sum: 0, episodes: 0 }
    sums.set(result.taskId, { sum: sum + value(result), episodes: episodes + 1 })
  }
  return new Map([...sums].map(([id, { sum, episodes }]) => [id, sum / episodes]))
}

function bootstrap(differences: readonly number[], seed: number, resamples: number): Comparison['difference'] {
  const size = differences.length
  if (size === 0) return { mean: 0, low: -1, high: 1 }
  const random = createRandom(seed, 'bootstrap')
  const means = Float64Array.from({ length: resamples }, () => {
    let sum = 0
    for (let draw = 0; draw < size; draw++) sum += differences[random.integer(size)]!
    return sum / size
  }).sort()
  return {
    mean: differences.reduce((sum, difference) => sum + difference, 0) / size,
    low: means[Math.floor(0.025 * (resamples - 1))]!,
    high: means[Math.ceil(0.975 * (resamples - 1))]!,
  }
}
