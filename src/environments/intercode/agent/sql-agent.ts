import type { BashSituation } from './bash-agent.ts'

export interface SqlMove {
  action: string
  reason: string
  /** `look`, `query`, `submit`. */
  kind: 'look' | 'query' | 'submit'
}

/** What an agent has found out about a database. */
export interface SqlKnowledge {
  tables: string[]
  /** Table, in lower case -> its columns. */
  columns: Map<string, string[]>
  /** Statements given so far. */
  said: Set<string>
}

/** First values of the rows that a Python list of tuples shows. */
export const firstValues = (text: string): string[] =>
  [...text.matchAll(/\('((?:[^'\\]|\\.)*)'/g)].map(([, value]) => value!)

export const describeTable = (table: string) => `DESCRIBE ${table}`

/** Reads what the history shows of tables and columns. */
export function learnDatabase({ history, observation }: Omit<BashSituation, 'instruction'>): SqlKnowledge {
  const known: SqlKnowledge = { tables: [], columns: new Map(), said: new Set() }
  const outputs = [...history.map((step) => step.observation), observation].slice(1)
  for (const [index, { action }] of history.entries()) {
    const output = outputs[index] ?? ''
    known.said.add(action)
    if (/^\s*show\s+tables/i.test(action)) known.tables.push(...firstValues(output))
    const table = /^\s*(?:desc|describe|show\s+columns\s+from)\s+`?(\w+)/i.exec(action)?.[1]
    if (table !== undefined && output.startsWith('[')) known.columns.set(table.toLowerCase(), firstValues(output))
  }
  return known
}

/**
 * An agent that knows how to ask a database for its tables and columns, and a few plain questions; it submits when it has asked.
 */
export function nextSqlMove(situation: BashSituation): SqlMove {
  const known = learnDatabase(situation)
  if (!known.said.has('SHOW TABLES'))
    return { action: 'SHOW TABLES', reason: 'I do not know the tables yet.', kind: 'look' }
  const request = situation.instruction.toLowerCase()
  const meant = known.tables.find((table) => request.includes(table.toLowerCase().replace(/s$/, ''))) ?? known.tables[0]
  if (meant === undefined) return submit('There is nothing to ask.')
  const columns = known.columns.get(meant.toLowerCase())
  if (columns === undefined && !known.said.has(describeTable(meant)))
    return { action: describeTable(meant), reason: `I need to know the columns of ${meant}.`, kind: 'look' }
  const query = plainQuery(situation.instruction, meant, columns ?? [])
  if (known.said.has(query)) return submit('The question was asked, so I submit.')
  return { action: query, reason: 'I know the table and its columns and can ask.', kind: 'query' }
}

const submit = (reason: string): SqlMove => ({ action: 'submit', reason, kind: 'submit' })

function plainQuery(request: string, table: string, columns: readonly string[]): string {
  const said = (column: string) => request.toLowerCase().includes(column.toLowerCase().replaceAll('_', ' '))
  const named = columns.filter(said)
  if (/^(how many|count)\b/i.test(request)) return `SELECT COUNT(*) FROM ${table}`
  if (/\b(different|distinct)\b/i.test(request)) return `SELECT DISTINCT ${named[0] ?? columns[2] ?? '*'} FROM ${table}`
  if (/\bnames?\b/i.test(request) && columns.includes('name')) return `SELECT name FROM ${table}`
  return `SELECT ${named.length > 0 ? named.join(', ') : '*'} FROM ${table}`
}
