import type { Correction } from '../contracts/correction.ts'
import type { Trajectory } from '../contracts/trajectory.ts'
import { createRandom } from '../support/random.ts'

/** How many labels of one trajectory are trained on. What is left out has no limit. */
export interface SelectionSettings {
  /** At most so many labels of one kind from one trajectory, drawn by seed; the rest of the trajectory's labels of that kind is left out. */
  perKind?: Record<string, number>
  /** At most so many labels from one trajectory. */
  perTrajectory?: number
  /** Keep one label per distinct situation (observation and candidates): the tail of a looping trajectory repeats itself. */
  dropLoops?: boolean
}

/**
 * Marks the corrections that are not trained on (`dropped: 'loop' | 'surplus'`), so that hundreds of nearly equal labels of one looping game are not memorised.
 * Order is kept; nothing is removed.
 */
export function selectCorrections(
  trajectory: Trajectory,
  corrections: readonly Correction[],
  { perKind = {}, perTrajectory = Number.POSITIVE_INFINITY, dropLoops = false }: SelectionSettings,
  seed: number,
): Correction[] {
  const chosen = new Set<Correction>()
  const situations = new Set<string>()
  const kept = corrections.filter((correction) => correction.dropped === undefined)
  const loops = new Set<Correction>()
  for (const correction of kept) {
    const step = trajectory.steps[correction.step]!
    const situation = JSON.stringify([step.observation, step.candidates, correction.action])
    if (dropLoops && situations.has(situation)) loops.add(correction)
    situations.add(situation)
  }
  const counts = new Map<string, number>()
  const random = createRandom(seed, 'select', trajectory.id)
  for (const correction of random.shuffle(kept)) {
    const kind = correction.kind ?? ''
    const count = counts.get(kind) ?? 0
    if (loops.has(correction) || count >= (perKind[kind] ?? Number.POSITIVE_INFINITY) || chosen.size >= perTrajectory)
      continue
    counts.set(kind, count + 1)
    chosen.add(correction)
  }
  return corrections.map((correction) =>
    correction.dropped !== undefined || chosen.has(correction)
      ? correction
      : { ...correction, dropped: loops.has(correction) ? 'loop' : 'surplus' },
  )
}
