import { LeapError } from '../../contracts/error.ts'
import type { Policy } from '../../contracts/policy.ts'
import { nextPlannedAction } from '../play/next-planned-action.ts'

/** The privileged planner acting by itself: always the next action of a shortest plan. The upper end of every table. */
export function createPlanFollower(): Policy {
  return {
    name: 'planner',
    needsPrivilege: true,
    async act({ privileged, task }) {
      if (privileged === undefined)
        throw new LeapError({ code: 'PRIVILEGE_MISSING', message: `the planner needs the hidden state of ${task.id}` })
      return { reason: 'It is the next step of the shortest plan.', action: nextPlannedAction(privileged) ?? 'look' }
    },
  }
}
