import { z } from 'zod'
import type { PrivilegedState } from '../../contracts/privileged-state.ts'

const planSchema = z.object({ optimalActions: z.array(z.string()) })

/** The first action of the plan in a privileged state, where its domain has a planner; undefined where there is none or nothing is left to do. */
export function nextPlannedAction({ data }: PrivilegedState): string | undefined {
  return planSchema.safeParse(data).data?.optimalActions[0]
}
