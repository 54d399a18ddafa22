import { LeapError } from '../contracts/error.ts'
import type { Trajectory } from '../contracts/trajectory.ts'
import { compareText } from '../support/compare-text.ts'

/** Whose hidden state a teacher is shown: nobody's, the task's own, or another task's (what does privilege itself add?). */
export type ShownPrivilege = 'none' | 'own' | 'other-task'

/**
 * The trajectories as the teacher is to see them. `other-task`: each step carries the hidden state that a step as far into the next trajectory of another task
 * recorded, in the order of ids, so that form and length stay what they are and only the truth is gone. The checks then look for that state's secrets: they are
 * what the teacher could give away. `none` and `own` change nothing here; the teacher is made accordingly.
 * Throws a LeapError `PRIVILEGE_UNSWAPPABLE` if all trajectories are of one task.
 */
export function showPrivilege(trajectories: readonly Trajectory[], shown: ShownPrivilege): Trajectory[] {
  if (shown !== 'other-task' || trajectories.length === 0) return [...trajectories]
  const usable = trajectories
    .filter(({ steps }) => steps.length > 0 && steps.every(({ privileged }) => privileged !== undefined))
    .sort((a, b) => compareText(a.id, b.id))
  return trajectories.map((trajectory) => {
    const position = usable.findIndex(({ id }) => compareText(id, trajectory.id) > 0)
    const order = position < 0 ? usable : [...usable.slice(position), ...usable.slice(0, position)]
    const other = order.find(({ task }) => task.id !== trajectory.task.id)
    if (!other)
      throw new LeapError({
        code: 'PRIVILEGE_UNSWAPPABLE',
        message: `teacher.privilege: other-task needs trajectories of at least two tasks with hidden states, found ${new Set(usable.map(({ task }) => task.id)).size}`,
        remedy: 'Roll out more games.',
      })
    const steps = trajectory.steps.map((step, index) => ({
      ...step,
      privileged: other.steps[Math.min(index, other.steps.length - 1)]!.privileged!,
    }))
    return { ...trajectory, steps }
  })
}
