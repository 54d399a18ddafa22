import type { SearchProbe } from '../contracts/domain.ts'
import type { Trajectory } from '../contracts/trajectory.ts'
import type { Behaviour } from './evaluation.ts'

/** How a policy behaved, whatever it scored. Shares are over all steps of the trajectories, void ones included up to where they broke. */
export function measureBehaviour(trajectories: readonly Trajectory[], probe?: SearchProbe): Behaviour {
  let steps = 0
  let inadmissible = 0
  let repeated = 0
  let visits = 0
  let revisits = 0
  for (const trajectory of trajectories) {
    const done = new Set<string>()
    const visited = new Set<string>()
    for (const [index, step] of trajectory.steps.entries()) {
      steps++
      if (!step.admissible) inadmissible++
      const situation = JSON.stringify([step.observation, step.action])
      if (done.has(situation)) repeated++
      done.add(situation)
      const place = probe?.place(step)
      if (place === undefined) continue
      if (probe?.isSearching?.(trajectory, index) ?? true) {
        visits++
        if (visited.has(place)) revisits++
      }
      visited.add(place)
    }
  }
  return {
    inadmissible: share(inadmissible, steps),
    repeated: share(repeated, steps),
    ...(probe === undefined ? {} : { revisits: share(revisits, visits) }),
  }
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole
}
