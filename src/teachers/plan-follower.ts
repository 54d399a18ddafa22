import { z } from 'zod'
import type { Policy } from '../contracts/policy.ts'
import { readPrivilege } from './read-privilege.ts'

const planSchema = z.object({ optimalActions: z.array(z.string()) })

/**
 * The privileged planner acting by itself: always the next action of a shortest plan, `look` where there is none. The upper end of every table.
 * Throws a LeapError `PRIVILEGE_MISSING` without a hidden state.
 */
export function createPlanFollower(): Policy {
  return {
    name: 'planner',
    needsPrivilege: true,
    async act({ privileged, task, history }) {
      const { optimalActions } = readPrivilege(privileged, planSchema, `${task.id}, step ${history.length}`)
      return { reason: 'It is the next step of the shortest plan.', action: optimalActions[0] ?? 'look' }
    },
  }
}
