import { z } from 'zod'
import { LeapError } from '../contracts/error.ts'
import type { PrivilegedState } from '../contracts/privileged-state.ts'

/**
 * The part of a privileged state's data that a scripted teacher reads. `where` names the step, `needs` who needs what.
 * Throws a LeapError `PRIVILEGE_MISSING` if there is no state, or one of another shape.
 */
export function readPrivilege<Data>(
  privileged: PrivilegedState | undefined,
  schema: z.ZodType<Data>,
  where: string,
  needs = 'the planner needs the hidden state of a household game',
): Data {
  const parsed = schema.safeParse(privileged?.data)
  if (parsed.success) return parsed.data
  throw new LeapError({
    code: 'PRIVILEGE_MISSING',
    message: `${needs} at ${where}, found ${privileged ? `another one: ${z.prettifyError(parsed.error)}` : 'none'}`,
    remedy: 'Record privileged states during the training roll-outs (recordPrivilege).',
    cause: parsed.error,
  })
}
