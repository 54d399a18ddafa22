import { z } from 'zod'
import { LeapError } from '../contracts/error.ts'
import type { Policy } from '../contracts/policy.ts'

const planSchema = z.object({ optimalActions: z.array(z.string()) })

/** The privileged planner acting by itself: always the next action of a shortest plan. The upper end of every table. */
export function createPlanFollower(): Policy {
  return {
    name: 'planner',
    needsPrivilege: true,
    async act({ privileged, task }) {
      const plan = planSchema.safeParse(privileged?.data)
      if (!plan.success)
        throw new LeapError({ code: 'PRIVILEGE_MISSING', message: `the planner needs the hidden state of ${task.id}` })
      return { reason: 'It is the next step of the shortest plan.', action: plan.data.optimalActions[0] ?? 'look' }
    },
  }
}
