import type { Correction } from '../contracts/correction.ts'
import type { Policy } from '../contracts/policy.ts'
import type { Teacher } from '../contracts/teacher.ts'
import { believe } from '../environments/alfworld/agent/believe.ts'
import { Belief } from '../environments/alfworld/belief.ts'
import { type AdviceSettings, advise } from './advise.ts'

/** A teacher without model or key: {@link advise} on every step of a trajectory, whatever the student had done before it. */
export function createPlannerTeacher(settings: AdviceSettings): Teacher {
  return {
    name: `planner-${settings.level}`,
    async correct({ id, instruction, steps, finalObservation }, { seed }) {
      const moments = steps.map(({ observation, candidates = [] }) => ({ observation, candidates }))
      if (moments.length === 0) return []
      // One belief that grows with the steps: rebuilding it at each would take quadratic time.
      const belief = new Belief(instruction, moments[0]!)
      return steps.map((step, index): Correction => {
        const where = `${id}, step ${index}`
        const { reason, action, kind } = advise(settings, { belief, privileged: step.privileged, seed, where })
        belief.update(step.action, moments[index + 1] ?? { observation: finalObservation, candidates: [] })
        const isCorrected = action !== step.action || reason !== step.reason
        return { trajectoryId: id, step: index, reason, action, isCorrected, kind }
      })
    },
  }
}

/** The same teacher acting by itself: its own demonstrations, and the roll-in mixture. */
export function createPlannerPolicy(settings: AdviceSettings): Policy {
  return {
    name: `planner-${settings.level}`,
    needsPrivilege: true,
    async act({ task, instruction, history, observation, candidates = [], privileged, seed }) {
      const belief = believe(instruction, history, { observation, candidates })
      const where = `${task.id}, step ${history.length}`
      const { reason, action } = advise(settings, { belief, privileged, seed, where })
      return { reason, action }
    },
  }
}
