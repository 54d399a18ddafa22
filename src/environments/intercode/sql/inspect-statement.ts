/** What a statement may do, as far as its text tells. */
export type StatementKind =
  /** Reads only, or fails by itself. */
  | { kind: 'read' }
  /** Changes nothing but the session: `USE`, `SET @x`. */
  | { kind: 'session' }
  /** Changes data or tables. */
  | { kind: 'write' }
  /** Is not passed on to the server, and why. */
  | { kind: 'refused'; why: string }

const reading = new Set('SELECT WITH SHOW DESCRIBE DESC EXPLAIN VALUES TABLE HELP ( CHECKSUM'.split(' '))
const writing = new Set(
  'INSERT UPDATE DELETE REPLACE CREATE DROP ALTER TRUNCATE RENAME START BEGIN COMMIT ROLLBACK SAVEPOINT RELEASE ANALYZE OPTIMIZE CHECK REPAIR DO'.split(
    ' ',
  ),
)
const refusals: readonly (readonly [pattern: RegExp, why: string])[] = [
  [/^LOAD\b/, 'LOAD DATA'],
  [/\bINTO\s+(OUTFILE|DUMPFILE)\b/, 'INTO OUTFILE'],
  [/\bLOAD_FILE\b/, 'LOAD_FILE'],
  [/^(PREPARE|EXECUTE|DEALLOCATE)\b/, 'prepared statements'],
  [
    /^(KILL|SHUTDOWN|FLUSH|RESET|PURGE|CHANGE|STOP|BACKUP|BINLOG|CACHE|HANDLER|INSTALL|UNINSTALL|LOCK|UNLOCK)\b/,
    'this',
  ],
  [/^(GRANT|REVOKE)\b/, 'changing rights'],
  [/^SET\s+(PASSWORD|ROLE|DEFAULT|GLOBAL|STATEMENT|@@GLOBAL)\b/, 'changing settings of the server'],
  [/\bMAX_STATEMENT_TIME\b|\bMAX_EXECUTION_TIME\b/, 'changing the time limit'],
  [
    /^(CREATE|ALTER|DROP|RENAME)\s+(OR\s+REPLACE\s+)?(USER|ROLE|SERVER|EVENT|DATABASE|SCHEMA|PROCEDURE|FUNCTION|TRIGGER)\b/,
    'this',
  ],
  [/^(BEGIN\s+NOT|IF|LOOP|WHILE|FOR|REPEAT|CASE|DECLARE|CALL|XA)\b/, 'programs'],
]

/**
 * Reads the beginning and the dangerous words of a statement, with comments and quoted texts out of the way (executable comments `/*! * /` are read as
 * what they hold). The server's own rights are the wall; this is the door with a sign on it.
 */
export function inspectStatement(statement: string): StatementKind {
  const bare = withoutTexts(statement)
  if (/;\s*\S/.test(bare)) return { kind: 'refused', why: 'more than one statement' }
  const upper = bare.trim().toUpperCase()
  for (const [pattern, why] of refusals) if (pattern.test(upper)) return { kind: 'refused', why }
  const first = /^\(|^[A-Z_]+/.exec(upper)?.[0] ?? ''
  if (first === 'USE' || first === 'SET') return { kind: 'session' }
  if (writing.has(first)) return { kind: 'write' }
  // SELECT ... FOR UPDATE takes locks that another episode would wait for.
  if (reading.has(first) && /\bFOR\s+UPDATE\b|\bLOCK\s+IN\s+SHARE\s+MODE\b|\bGET_LOCK\b/.test(upper))
    return { kind: 'write' }
  return { kind: 'read' }
}

/** Sticky, so that a long statement is read once. */
const comment = /--[\s][^\n]*|--$|#[^\n]*|\/\*(?![!M])[\s\S]*?(?:\*\/|$)/y
const executable = /\/\*M?!\d*|\*\/|\/\*/y
const quoted = /'(?:[^'\\]|\\[\s\S]|'')*'?|"(?:[^"\\]|\\[\s\S]|"")*"?|`(?:[^`]|``)*`?/y

/** The statement with comments, strings and quoted names replaced by what cannot be taken for a word. */
function withoutTexts(statement: string): string {
  let out = ''
  let index = 0
  const take = (pattern: RegExp) => {
    pattern.lastIndex = index
    return pattern.exec(statement)?.[0].length ?? 0
  }
  while (index < statement.length) {
    const skipped = take(comment) || take(executable)
    const text = skipped === 0 ? take(quoted) : 0
    out += skipped > 0 ? ' ' : text > 0 ? ' ? ' : statement[index]
    index += skipped || text || 1
  }
  return out
}
