import type { Domain } from '../contracts/domain.ts'
import type { Task } from '../contracts/task.ts'
import type { Step, Trajectory } from '../contracts/trajectory.ts'

/** A reason of the usual length, where a student's is not known yet. */
const reason = 'I have not found what I need yet, so I look where such things are often kept.'

export interface SampleTrajectories {
  /** As a student may leave it that does not succeed: every action that an episode allows. */
  longest: Trajectory
  /** The known solution; without one, as long as the other. */
  solved: Trajectory
}

/**
 * One training game as teachers and baselines will read it, with what the environment really shows and hides: its known solution, and the same gone through
 * again and again up to the most actions of an episode. For estimates, before anybody has played.
 */
export async function sampleTrajectories(
  { environment }: Domain,
  task: Task,
  { maxSteps, signal }: { maxSteps: number; signal?: AbortSignal | undefined },
): Promise<SampleTrajectories> {
  const solution = await environment.solution(task)
  const episode = await environment.open(task)
  const steps: Step[] = []
  try {
    let observation = await episode.reset()
    while (!observation.done && steps.length < maxSteps) {
      signal?.throwIfAborted()
      const { text, candidates } = observation
      const action = solution ? solution[steps.length] : (candidates?.[steps.length % candidates.length] ?? 'look')
      if (action === undefined) break
      const privileged = await episode.privilegedState()
      observation = await episode.step(action)
      steps.push({
        ...{ observation: text, reason, action, score: observation.score, admissible: true, privileged },
        ...(candidates ? { candidates } : {}),
      })
    }
    const lengthen = (count: number) => Array.from({ length: count }, (_, index) => steps[index % steps.length]!)
    const trajectory = (all: Step[]): Trajectory => ({
      ...{ id: `estimate/${task.id}#0`, task, policy: 'estimate', instruction: episode.instruction },
      ...{ steps: all, finalObservation: observation.text, score: 0, outcome: 'failure' },
    })
    return { longest: trajectory(steps.length === 0 ? [] : lengthen(maxSteps)), solved: trajectory(steps) }
  } finally {
    await episode.close()
  }
}
