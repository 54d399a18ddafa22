import { z } from 'zod'
import type { Correction } from '../../contracts/correction.ts'
import type { Teacher } from '../../contracts/teacher.ts'
import { readPrivilege } from '../read-privilege.ts'

const referenceSchema = z.object({ gold: z.string(), name: z.string() })

/**
 * Shows the reference solution of an InterCode Python task, then submits it: what a student has not seen it cannot come to, so this is no teacher to learn
 * from; it proves that the corrections of a run reach the reward. Throws a LeapError `PRIVILEGE_MISSING`.
 */
export function createReferenceTeacher(): Teacher {
  return {
    name: 'reference',
    async correct({ id, steps }) {
      return steps.map((step, index): Correction => {
        const where = `${id}, step ${index}`
        const { gold, name } = readPrivilege(step.privileged, referenceSchema, where, needs)
        const isWritten = steps.slice(0, index).some(({ action }) => action === gold)
        const action = isWritten ? `submit ${name}` : gold
        const reason = isWritten
          ? 'The function is written, so I submit it.'
          : 'I write the function that is asked for.'
        const isCorrected = action !== step.action || reason !== step.reason
        return { trajectoryId: id, step: index, reason, action, isCorrected, kind: isWritten ? 'submit' : 'command' }
      })
    },
  }
}

const needs = 'the reference needs the hidden state of an InterCode Python task'
