import type { Domain } from '../contracts/domain.ts'
import type { Teacher } from '../contracts/teacher.ts'

/**
 * Leaves every step as it is: what on-policy distillation needs, where the student's own words are scored token by token instead of rewritten.
 * Steps that the teacher of a roll-in mixture did are no words of the student's and get no correction.
 */
export function createIdentityTeacher(kindOf?: Domain['kindOf']): Teacher {
  return {
    name: 'identity',
    async correct(trajectory) {
      return trajectory.steps.flatMap(({ reason, action, byTeacher }, step) => {
        if (byTeacher) return []
        const kind = kindOf ? { kind: kindOf(trajectory, step) } : {}
        return [{ trajectoryId: trajectory.id, step, reason, action, isCorrected: false, ...kind }]
      })
    },
  }
}
