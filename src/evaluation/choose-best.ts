import type { Trajectory } from '../contracts/trajectory.ts'
import { compareText } from '../support/compare-text.ts'

/** The best trajectory of each task: the one with the highest score, then with the fewest actions, then the first. A void one only where there is no other. Sorted by task. */
export function chooseBest(trajectories: readonly Trajectory[]): Trajectory[] {
  const groups = Map.groupBy(trajectories, ({ task }) => task.id)
  return [...groups]
    .sort(([a], [b]) => compareText(a, b))
    .map(([, samples]) => samples.reduce((best, sample) => (isBetter(sample, best) ? sample : best)))
}

function isBetter(a: Trajectory, b: Trajectory): boolean {
  if ((a.outcome === 'void') !== (b.outcome === 'void')) return b.outcome === 'void'
  if (a.score !== b.score) return a.score > b.score
  if (a.steps.length !== b.steps.length) return a.steps.length < b.steps.length
  return compareText(a.id, b.id) < 0
}
