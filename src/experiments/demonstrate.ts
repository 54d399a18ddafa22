import type { Domain } from '../contracts/domain.ts'
import { LeapError } from '../contracts/error.ts'
import type { Policy } from '../contracts/policy.ts'
import type { Task } from '../contracts/task.ts'
import type { Trajectory } from '../contracts/trajectory.ts'

/** Who demonstrates. Throws a LeapError `DEMONSTRATOR_UNKNOWN` that lists who can. */
export function createDemonstrator(domain: Domain, by: string): Policy {
  if (by === 'solution') return createSolutionPolicy(domain)
  const agents = domain.baselines?.().filter(({ needsPrivilege }) => !needsPrivilege) ?? []
  const agent = agents.find(({ name }) => name === by)
  if (agent) return agent
  throw new LeapError({
    code: 'DEMONSTRATOR_UNKNOWN',
    message: `demonstrations.by: unknown demonstrator "${by}" (available: ${['solution', ...agents.map(({ name }) => name)].join(', ')})`,
  })
}

/**
 * Plays the known solutions of tasks; its steps have no reasons yet. Throws a LeapError `DEMONSTRATION_FAILS` (the episode is then void) where there is none
 * or where it ends without winning.
 */
function createSolutionPolicy(domain: Domain): Policy {
  const solutions = new Map<string, Promise<string[] | undefined>>()
  const solutionOf = (task: Task, session: string) => {
    const known = solutions.get(session) ?? domain.environment.solution(task)
    solutions.set(session, known)
    return known
  }
  return {
    name: 'demonstrator',
    async act({ task, history, session }) {
      const solution = await solutionOf(task, session)
      const action = solution?.[history.length]
      if (action !== undefined) return { reason: '', action }
      throw new LeapError({
        code: 'DEMONSTRATION_FAILS',
        message: `${task.id}: ${solution === undefined ? 'no solution is known' : `the stored solution of ${solution.length} actions does not win`}`,
        remedy: 'Leave the task out of the training games, or repair its solution.',
      })
    },
    forget: (session) => void solutions.delete(session),
  }
}

/** Gives every step of a demonstration a reason from its past (paper E.1.3). Throws `LABELLER_MISSING` if the domain cannot. */
export function labelReasons(domain: Domain, demonstration: Trajectory): Trajectory {
  if (demonstration.steps.every(({ reason }) => reason !== '')) return demonstration
  if (!domain.explain)
    throw new LeapError({
      code: 'LABELLER_MISSING',
      message: `the demonstrations of ${domain.environment.name} have no reasons, and the domain cannot explain actions`,
      remedy: 'Give the domain an `explain` function.',
    })
  const reasons = domain.explain(demonstration)
  return { ...demonstration, steps: demonstration.steps.map((step, index) => ({ ...step, reason: reasons[index]! })) }
}
