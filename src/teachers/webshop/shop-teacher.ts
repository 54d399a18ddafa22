import type { Correction } from '../../contracts/correction.ts'
import type { TeacherSettings } from '../../contracts/domain.ts'
import type { Policy } from '../../contracts/policy.ts'
import type { Teacher } from '../../contracts/teacher.ts'
import { recallShopping } from '../../environments/webshop/agent/shopping.ts'
import { adviseShopping } from './advise-shopping.ts'

/** A teacher of shopping without model or key: {@link adviseShopping} on every step of a trajectory, whatever the student had done before it. */
export function createShopTeacher(settings: TeacherSettings): Teacher {
  return {
    name: `shop-teacher-${settings.level}`,
    async correct({ id, instruction, steps }, { seed }) {
      return steps.map((step, index): Correction => {
        const shopping = recallShopping(instruction, steps.slice(0, index), step.observation)
        const where = `${id}, step ${index}`
        const { reason, action, kind } = adviseShopping(settings, {
          shopping,
          privileged: step.privileged,
          seed,
          where,
        })
        const isCorrected = action !== step.action || reason !== step.reason
        return { trajectoryId: id, step: index, reason, action, isCorrected, kind }
      })
    },
  }
}

/** The same teacher acting by itself: its own demonstrations, and the roll-in mixture. */
export function createShopTeacherPolicy(settings: TeacherSettings): Policy {
  return {
    name: `shop-teacher-${settings.level}`,
    needsPrivilege: true,
    async act({ task, instruction, history, observation, privileged, seed }) {
      const shopping = recallShopping(instruction, history, observation)
      const where = `${task.id}, step ${history.length}`
      const { reason, action } = adviseShopping(settings, { shopping, privileged, seed, where })
      return { reason, action }
    },
  }
}
