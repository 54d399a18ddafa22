import type { SearchProbe } from '../contracts/domain.ts'
import { LeapError } from '../contracts/error.ts'
import type { Panel } from '../contracts/panel.ts'
import type { Trajectory } from '../contracts/trajectory.ts'
import { compareText } from '../support/compare-text.ts'
import { measureBehaviour } from './behaviour.ts'
import { type Evaluation, type EvaluationGroup, evaluationSchema, type Measure } from './evaluation.ts'
import { normal95, wilson } from './wilson.ts'

export interface EvaluateOptions {
  /** The policy's name in tables. */
  policy: string
  panel: Panel
  /** Every sample of every task of the panel, in any order. */
  trajectories: readonly Trajectory[]
  /** The step limit of the roll-out: what a failure counts as in mean actions. */
  maxSteps: number
  /** Largest share of void episodes with which a number is still reported. Default 0.02. */
  maxVoidShare?: number
  probe?: SearchProbe
  /** The domain's own numbers of an episode; see {@link Domain.measures}. */
  measures?: ((trajectory: Trajectory) => Record<string, number>) | undefined
  /** The one of them by which policies are selected. */
  criterion?: string | undefined
}

/**
 * Judges a policy on a panel. Void episodes are counted apart and belong to no rate. Intervals treat the tasks as the sample: with
 * several samples per task the effective number of episodes is used, so that repeating the same tasks does not narrow them unduly.
 *
 * Throws a LeapError `EVALUATION_PANEL_MISMATCH` if tasks of the panel are missing, unknown or unevenly sampled, and
 * `EVALUATION_TOO_MANY_VOIDS` if the share of void episodes is larger than `maxVoidShare`.
 */
export function evaluateTrajectories(options: EvaluateOptions): Evaluation {
  const { policy, panel, trajectories, maxSteps, probe, measures, criterion, maxVoidShare = 0.02 } = options
  checkCoverage(panel, trajectories)
  const voids = trajectories.filter(({ outcome }) => outcome === 'void')
  if (voids.length > maxVoidShare * trajectories.length || voids.length === trajectories.length) {
    throw new LeapError({
      code: 'EVALUATION_TOO_MANY_VOIDS',
      message: `${policy} on panel ${panel.name} (${panel.hash}): ${voids.length} of ${trajectories.length} episodes are void, at most ${(100 * maxVoidShare).toFixed(1)} % may be. First cause: ${voids[0]?.cause ?? 'none'}`,
      remedy: 'Repair what made them void and evaluate again, or raise the allowed share knowingly.',
    })
  }
  const results = trajectories
    .map((trajectory) => ({
      taskId: trajectory.task.id,
      sample: sampleOf(trajectory.id),
      category: trajectory.task.category,
      outcome: trajectory.outcome,
      actions: trajectory.steps.length,
      score: trajectory.score,
      ...(measures ? { measures: measures(trajectory) } : {}),
    }))
    .sort((a, b) => compareText(a.taskId, b.taskId) || a.sample - b.sample)
  const categories = [...new Set(results.map(({ category }) => category))].sort(compareText)
  return evaluationSchema.parse({
    policy,
    panel: { name: panel.name, hash: panel.hash },
    ...summarise(results, maxSteps),
    byCategory: Object.fromEntries(
      categories.map((name) => [
        name,
        summarise(
          results.filter(({ category }) => category === name),
          maxSteps,
        ),
      ]),
    ),
    behaviour: measureBehaviour(trajectories, probe),
    ...(criterion === undefined ? {} : { criterion }),
    results,
  })
}

/** The number after the last `#` of a trajectory's id. */
function sampleOf(id: string): number {
  return Number(/#(\d+)$/.exec(id)?.[1] ?? 0)
}

type Result = Evaluation['results'][number]

function summarise(results: readonly Result[], limit: number): EvaluationGroup {
  const counted = results.filter(({ outcome }) => outcome !== 'void')
  const successes = counted.filter(({ outcome }) => outcome === 'success')
  const wins = clusteredMean(counted.map((result) => [result.taskId, result.outcome === 'success' ? 1 : 0]))
  const { mean, error } = clusteredMean(
    counted.map((result) => [result.taskId, result.outcome === 'success' ? result.actions : limit]),
  )
  const effective = effectiveCount(wins, counted.length)
  return {
    episodes: counted.length,
    voids: results.length - counted.length,
    success: wilson(wins.mean * effective, effective),
    actions: {
      mean,
      low: Math.max(0, mean - normal95 * error),
      high: Math.min(limit, mean + normal95 * error),
      ...(successes.length === 0
        ? {}
        : { meanOfSuccesses: successes.reduce((sum, { actions }) => sum + actions, 0) / successes.length }),
      limit,
    },
    ...(counted[0]?.measures ? { measures: averageMeasures(counted) } : {}),
  }
}

function averageMeasures(results: readonly Result[]): Record<string, Measure> {
  const names = Object.keys(results[0]!.measures!)
  return Object.fromEntries(
    names.map((name) => {
      const values = results.map(({ taskId, measures }) => [taskId, measures?.[name] ?? 0] as const)
      const { mean, error } = clusteredMean(values)
      // Near the end of its scale the normal interval would promise more than a perfect score; it ends where values were seen.
      const seen = values.map(([, value]) => value)
      const low = Math.max(Math.min(...seen), mean - normal95 * error)
      const high = Math.min(Math.max(...seen), mean + normal95 * error)
      return [name, { mean, low, high }]
    }),
  )
}

interface ClusteredMean {
  mean: number
  /** Standard error of the mean, with tasks as independent clusters (Cameron and Miller 2015, section II). */
  error: number
  clusters: number
}

function clusteredMean(values: readonly (readonly [taskId: string, value: number])[]): ClusteredMean {
  if (values.length === 0) return { mean: 0, error: 0, clusters: 0 }
  const mean = values.reduce((sum, [, value]) => sum + value, 0) / values.length
  const residuals = new Map<string, number>()
  for (const [taskId, value] of values) residuals.set(taskId, (residuals.get(taskId) ?? 0) + value - mean)
  const clusters = residuals.size
  const squares = [...residuals.values()].reduce((sum, residual) => sum + residual ** 2, 0)
  const error = clusters < 2 ? 0 : Math.sqrt((squares * clusters) / (clusters - 1)) / values.length
  return { mean, error, clusters }
}

/** The number of independent episodes that would give the same variance of the rate: between the number of tasks and of episodes. */
function effectiveCount({ mean, error, clusters }: ClusteredMean, episodes: number): number {
  if (clusters === episodes || clusters < 2) return clusters
  // All or none succeeded: nothing shows how alike the samples of a task are, so each task counts once.
  if (mean === 0 || mean === 1) return clusters
  return Math.min(episodes, Math.max(clusters, (mean * (1 - mean)) / error ** 2))
}

function checkCoverage(panel: Panel, trajectories: readonly Trajectory[]) {
  const counts = new Map(panel.taskIds.map((id) => [id, 0]))
  const mismatch = (found: string) =>
    new LeapError({
      code: 'EVALUATION_PANEL_MISMATCH',
      message: `Expected every task of panel ${panel.name} (${panel.hash}, ${panel.taskIds.length} tasks) equally often, found ${found}.`,
      remedy: 'Evaluate on trajectories that were rolled out on exactly this panel.',
    })
  for (const { task } of trajectories) {
    const count = counts.get(task.id)
    if (count === undefined) throw mismatch(`task ${task.id}, which is not on it`)
    counts.set(task.id, count + 1)
  }
  const most = Math.max(...counts.values())
  for (const [id, count] of counts) if (count !== Math.max(most, 1)) throw mismatch(`task ${id} ${count} times`)
}
