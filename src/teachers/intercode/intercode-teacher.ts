import type { Correction } from '../../contracts/correction.ts'
import type { TeacherSettings } from '../../contracts/domain.ts'
import type { Policy } from '../../contracts/policy.ts'
import type { Teacher } from '../../contracts/teacher.ts'
import { adviseBash, type BashMoment } from './advise-bash.ts'
import { adviseSql } from './advise-sql.ts'

type Advise = (settings: TeacherSettings, moment: BashMoment) => { action: string; reason: string; kind: string }

/** Who advises in each of InterCode's languages. */
const experts = {
  bash: { name: 'shell-expert', advise: adviseBash as Advise },
  sql: { name: 'query-expert', advise: adviseSql as Advise },
} as const

export type InterCodeLanguage = keyof typeof experts

/** A teacher without model or key: advice on every step of a trajectory, whatever the student had done before it. */
export function createInterCodeTeacher(language: InterCodeLanguage, settings: TeacherSettings): Teacher {
  const { name, advise } = experts[language]
  return {
    name: `${name}-${settings.level}`,
    async correct({ id, instruction, steps }, { seed }) {
      return steps.map((step, index): Correction => {
        const { reason, action, kind } = advise(settings, {
          instruction,
          history: steps.slice(0, index),
          observation: step.observation,
          privileged: step.privileged,
          seed,
          where: `${id}, step ${index}`,
        })
        const isCorrected = action !== step.action || reason !== step.reason
        return { trajectoryId: id, step: index, reason, action, isCorrected, kind }
      })
    },
  }
}

/** The same teacher acting by itself: its own demonstrations, and the roll-in mixture. */
export function createInterCodeTeacherPolicy(language: InterCodeLanguage, settings: TeacherSettings): Policy {
  const { name, advise } = experts[language]
  return {
    name: `${name}-${settings.level}`,
    needsPrivilege: true,
    async act({ task, instruction, history, observation, privileged, seed }) {
      const where = `${task.id}, step ${history.length}`
      const { reason, action } = advise(settings, { instruction, history, observation, privileged, seed, where })
      return { reason, action }
    },
  }
}
