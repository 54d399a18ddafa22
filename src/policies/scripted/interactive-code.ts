import type { Policy } from '../../contracts/policy.ts'
import { nextBashMove } from '../../environments/intercode/agent/bash-agent.ts'
import { nextSqlMove } from '../../environments/intercode/agent/sql-agent.ts'

/** A shell user without privilege, network or key, who knows the usual commands by the wording of a request. */
export const createShellAgent = (): Policy => ({
  name: 'shell-user',
  async act(request) {
    const { reason, action } = nextBashMove(request)
    return { reason, action }
  },
})

/** Somebody who can list and describe tables and asks plain questions. */
export const createQueryAgent = (): Policy => ({
  name: 'query-user',
  async act(request) {
    const { reason, action } = nextSqlMove(request)
    return { reason, action }
  },
})
