import { z } from 'zod'
import type { PrivilegedState } from '../../../contracts/privileged-state.ts'
import { renderPrivilege } from '../bash/privileged-state.ts'
import type { BookedSqlTask } from './sql-book.ts'
import type { SqlAnswer } from './sql-session.ts'

/** What a scripted teacher reads of an InterCode SQL task. */
export const sqlPrivilegeSchema = z.object({
  query: z.string(),
  gold: z.string(),
  /** What the gold query shows. */
  expected: z.string(),
  /** Tables that the gold query reads. */
  tables: z.array(z.string()),
  reason: z.string().optional(),
  /** The last result is worth the full reward. */
  outputRight: z.boolean(),
})
export type SqlPrivilege = z.infer<typeof sqlPrivilegeSchema>

/** The privileged state of paper appendix D.4: question, gold query, and what it shows; from the same task table as the roll-out. */
export function describeSqlPrivilege(
  { query, gold, reason }: BookedSqlTask,
  { text: expected }: SqlAnswer,
  outputRight: boolean,
): PrivilegedState {
  const tables = tablesOf(gold)
  const data: SqlPrivilege = {
    query,
    gold,
    expected,
    tables,
    ...(reason === undefined ? {} : { reason }),
    outputRight,
  }
  const secrets = [gold, ...tables, ...(expected.length >= 12 ? [expected] : [])]
  return { text: renderPrivilege({ query, gold, expected }), data, secrets: [...new Set(secrets)] }
}

/** Tables that a query names after FROM and JOIN, as it writes them, each once. */
export function tablesOf(query: string): string[] {
  const names = [...query.matchAll(/\b(?:from|join)\s+`?([a-z_]\w*)`?/gi)].map(([, name]) => name!)
  const seen = new Set<string>()
  return names.filter((name) => !seen.has(name.toLowerCase()) && seen.add(name.toLowerCase()))
}
