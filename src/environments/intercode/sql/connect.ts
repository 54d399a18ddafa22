import { type Connection, type ConnectionOptions, createConnection, type FieldPacket, type QueryError } from 'mysql2'

/** A column as the server describes it. */
export type Column = FieldPacket & { columnType?: number; characterSet?: number }

/** What a statement gave. */
export interface RawResult {
  columns: Column[]
  /** Raw texts of the values; undefined where the statement has no result set. */
  rows: (Buffer | null)[][] | undefined
}

/** One connection, one statement at a time, values as the server wrote them. */
export interface SqlConnection {
  readonly threadId: number
  query(statement: string, limits?: { rows: number; bytes: number }): Promise<RawResult>
  close(): Promise<void>
  /** At once, without a word to the server. */
  destroy(): void
}

/** A result that would be larger than allowed. The connection is lost with it. */
export class ResultTooLarge extends Error {
  override readonly name = 'ResultTooLarge'
}

/** Opens a connection. Rejects with mysql2's error, which has `code`, `errno` and `sqlMessage`. */
export async function connectSql(options: ConnectionOptions): Promise<SqlConnection> {
  const connection = createConnection({
    charset: 'utf8mb4',
    rowsAsArray: true,
    typeCast: false,
    multipleStatements: false,
    // A busy machine is no reason to give up.
    connectTimeout: 120_000,
    // LOAD DATA LOCAL reads files of the client; without this flag the server cannot even ask.
    flags: ['-LOCAL_FILES'],
    ...options,
  })
  await new Promise<void>((resolve, reject) => connection.connect((error) => (error ? reject(error) : resolve())))
  // What happens to a connection between two statements is told by the next one.
  connection.on('error', () => {})
  return {
    threadId: connection.threadId ?? 0,
    query: (statement, limits) => runStatement(connection, statement, limits),
    close: () => new Promise((resolve) => connection.end(() => resolve())),
    destroy: () => connection.destroy(),
  }
}

function runStatement(
  connection: Connection,
  sql: string,
  limits = { rows: Number.POSITIVE_INFINITY, bytes: Number.POSITIVE_INFINITY },
): Promise<RawResult> {
  return new Promise((resolve, reject) => {
    let columns: Column[] = []
    const rows: (Buffer | null)[][] = []
    let bytes = 0
    let hasRows = false
    const query = connection.query({ sql, rowsAsArray: true, typeCast: false })
    query.on('error', (error: QueryError) => reject(error))
    query.on('fields', (fields: Column[] | undefined) => {
      if (!fields) return
      hasRows = true
      columns = fields
    })
    query.on('result', (row: unknown) => {
      if (!Array.isArray(row)) return
      rows.push(row as (Buffer | null)[])
      for (const value of row as (Buffer | null)[]) bytes += (value?.length ?? 0) + 8
      if (rows.length <= limits.rows && bytes <= limits.bytes) return
      connection.destroy()
      reject(
        new ResultTooLarge(`more than ${rows.length > limits.rows ? `${limits.rows} rows` : `${limits.bytes} bytes`}`),
      )
    })
    query.on('end', () => resolve({ columns, rows: hasRows ? rows : undefined }))
  })
}
