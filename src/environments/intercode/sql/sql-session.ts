import { reprOfList, reprOfTuple } from '../upstream/python-repr.ts'
import type { PythonValue } from '../upstream/python-values.ts'
import { type RawResult, ResultTooLarge } from './connect.ts'
import { inspectStatement } from './inspect-statement.ts'
import { scoreSql } from './reward.ts'
import type { SqlHost, SqlSeat } from './sql-host.ts'
import { toPython } from './to-python.ts'
import { errorAsMysql, textAsMysql } from './wording.ts'

export interface SqlLimits {
  /** Wall time of one statement, milliseconds. The original has none. */
  milliseconds: number
  /** Rows and bytes of one result. */
  rows: number
  bytes: number
}

export const defaultSqlLimits: SqlLimits = { milliseconds: 10_000, rows: 100_000, bytes: 16 * 2 ** 20 }

/** What a statement gave, as the original's client would have shown it. */
export interface SqlAnswer {
  /** `[(1, 'a')]`, `None` for a statement without a result, or `Error executing query: ...`. */
  text: string
  executed: boolean
  /** Rows as Python writes them; undefined after an error or without a result. */
  rows?: string[]
  /** `refused`, `time`, `rows`. */
  flags: string[]
}

/** One episode of InterCode SQL: a connection to a database, and the last answer. */
export class SqlSession {
  readonly #host: SqlHost
  readonly #database: string
  readonly #limits: SqlLimits
  #seat: SqlSeat | undefined
  #isWriter = false
  /** `USE` and `SET` statements, to be said again on another connection. */
  #said: string[] = []
  #last: SqlAnswer | undefined

  constructor(host: SqlHost, database: string, limits: Partial<SqlLimits> = {}) {
    this.#host = host
    this.#database = database
    this.#limits = { ...defaultSqlLimits, ...limits }
  }

  async reset(): Promise<void> {
    await this.close()
    this.#last = undefined
    this.#seat = await this.#host.readIn(this.#database)
  }

  async step(statement: string): Promise<SqlAnswer> {
    this.#last = await this.#execute(statement)
    return this.#last
  }

  /** The reward if the agent submitted now. The gold query runs on the agent's own connection, as in the original. */
  async score(gold: string): Promise<{ reward: number; gold: SqlAnswer }> {
    const answer = await this.#execute(gold)
    return { reward: scoreSql(this.#last?.rows, answer.rows ?? []), gold: answer }
  }

  async close(): Promise<void> {
    const seat = this.#seat
    this.#seat = undefined
    this.#said = []
    this.#isWriter = false
    await seat?.leave()
  }

  async #execute(statement: string): Promise<SqlAnswer> {
    const kind = inspectStatement(statement)
    if (kind.kind === 'refused') return failure(`${kind.why} is not allowed here`, ['refused'])
    if (kind.kind === 'write' && !this.#isWriter) await this.#becomeWriter()
    const answer = await this.#run(statement)
    if (kind.kind === 'session' && answer.executed) this.#said.push(statement)
    return answer
  }

  async #becomeWriter(): Promise<void> {
    await this.#seat?.leave()
    this.#seat = undefined
    this.#seat = await this.#host.writeIn(this.#database)
    this.#isWriter = true
    await this.#repeat()
  }

  async #repeat(): Promise<void> {
    for (const statement of this.#said) await this.#seat!.connection.query(statement)
  }

  async #run(statement: string): Promise<SqlAnswer> {
    if (this.#seat === undefined) await this.reset()
    const seat = this.#seat!
    let isLate = false
    const timer = setTimeout(() => {
      isLate = true
      void seat.kill().catch(() => {})
    }, this.#limits.milliseconds)
    try {
      return this.#answer(await seat.connection.query(statement, this.#limits), statement, seat)
    } catch (error) {
      if (error instanceof ResultTooLarge) return await this.#afterLoss(error.message, 'rows')
      const { sqlMessage, fatal } = error as { sqlMessage?: string; fatal?: boolean }
      if (fatal && !isLate) throw error
      if (fatal) return await this.#afterLoss('Query execution was interrupted', 'time')
      if (sqlMessage === undefined) throw error
      const message = seat.flavour === 'mariadb' ? errorAsMysql(sqlMessage) : sqlMessage
      return failure(isLate ? 'Query execution was interrupted' : message, isLate ? ['time'] : [])
    } finally {
      clearTimeout(timer)
    }
  }

  /** A new connection in the place of one that had to be given up. */
  async #afterLoss(message: string, flag: string): Promise<SqlAnswer> {
    await this.#seat?.leave()
    this.#seat = undefined
    this.#seat = await (this.#isWriter ? this.#host.writeIn(this.#database) : this.#host.readIn(this.#database))
    await this.#repeat()
    return failure(message, [flag])
  }

  #answer({ rows, columns }: RawResult, statement: string, { flavour }: SqlSeat): SqlAnswer {
    if (rows === undefined) return { text: 'None', executed: true, flags: [] }
    const asMysql = (value: PythonValue) =>
      flavour === 'mariadb' && typeof value === 'string' ? textAsMysql(value, statement) : value
    const texts = rows.map((row) => reprOfTuple(row.map((value, index) => asMysql(toPython(value, columns[index]!)))))
    return { text: reprOfList(texts), executed: true, rows: texts, flags: [] }
  }
}

const failure = (message: string, flags: string[]): SqlAnswer => ({
  text: `Error executing query: ${message}`,
  executed: false,
  flags,
})
