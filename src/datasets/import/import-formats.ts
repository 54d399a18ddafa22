import { conversations } from './conversations.ts'
import type { ImportFormat } from './imported.ts'
import { leapLogs } from './leap-logs.ts'

/** The formats of `leap import`, by name. AgentGym and ETO write the same conversations. */
export const importFormats = {
  agentgym: conversations,
  eto: conversations,
  leap: leapLogs,
} satisfies Record<string, ImportFormat>

export type ImportFormatName = keyof typeof importFormats
