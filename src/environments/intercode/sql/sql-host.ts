import { randomBytes } from 'node:crypto'
import type { ConnectionOptions } from 'mysql2'
import { LeapError } from '../../../contracts/error.ts'
import { connectSql, type SqlConnection } from './connect.ts'
import type { DatabaseDumps } from './dump.ts'
import type { SqlServer } from './sql-server.ts'

export interface SqlHostOptions {
  /** What is loaded. */
  databases: DatabaseDumps
  /** Starts a server, or reaches the one that is configured. */
  server: () => Promise<SqlServer>
  /**
   * True where every call of `server` gives the same server: then an episode that writes has its database to itself. Otherwise episodes read on one server,
   * and the few that write move to a second one, started when it is needed.
   */
  isShared?: boolean
}

/** A place on a server where an episode works. */
export interface SqlSeat {
  connection: SqlConnection
  flavour: SqlServer['flavour']
  /** Ends whatever this connection runs, from outside. */
  kill(): Promise<void>
  /** Closes the connection; nobody else will find what was written here. */
  leave(): Promise<void>
}

/** What agents may do in their own database when they write: tables and rows, no programs, accounts, files or other databases. */
const writing =
  'SELECT, INSERT, UPDATE, DELETE, CREATE, DROP, ALTER, INDEX, REFERENCES, CREATE TEMPORARY TABLES, CREATE VIEW, SHOW VIEW'

/**
 * The databases of InterCode SQL on a server, for any number of episodes at once: readers see the databases as they were loaded, whoever else writes.
 */
export class SqlHost {
  readonly #options: SqlHostOptions
  #reader: Promise<LoadedServer> | undefined
  #writer: Promise<LoadedServer> | undefined
  readonly #turns = new Map<string, Promise<void>>()

  constructor(options: SqlHostOptions) {
    this.#options = options
  }

  /** The server in words, for manifests; starts it. */
  async describe(): Promise<string> {
    return (await this.#read()).server.description
  }

  /** A connection that can only read. */
  async readIn(database: string): Promise<SqlSeat> {
    this.#check(database)
    if (this.#options.isShared) return this.writeIn(database)
    const loaded = await this.#read()
    const connection = await loaded.connect('reader', database)
    return {
      connection,
      flavour: loaded.server.flavour,
      kill: () => loaded.kill(connection.threadId),
      leave: async () => connection.destroy(),
    }
  }

  /** A connection that can also write, alone in its database until it leaves. */
  async writeIn(database: string): Promise<SqlSeat> {
    this.#check(database)
    const release = await this.#wait(database)
    try {
      const { isShared } = this.#options
      const loaded = await (isShared ? this.#read() : this.#write())
      // On a server that only writers use, a database is made when somebody comes, and is whatever the last one left of it until then.
      if (!isShared) await loaded.reload(database)
      const connection = await loaded.connect(database, database)
      return {
        connection,
        flavour: loaded.server.flavour,
        kill: () => loaded.kill(connection.threadId),
        leave: async () => {
          try {
            connection.destroy()
            if (isShared) await loaded.reload(database)
          } finally {
            release()
          }
        },
      }
    } catch (error) {
      release()
      throw error
    }
  }

  /** Stops what it started. */
  async close(): Promise<void> {
    const servers = await Promise.all([this.#reader?.catch(() => undefined), this.#writer?.catch(() => undefined)])
    this.#reader = this.#writer = undefined
    for (const loaded of servers) await loaded?.stop()
  }

  #read(): Promise<LoadedServer> {
    return (this.#reader ??= load(this.#options, [...this.#options.databases.keys()]))
  }

  #write(): Promise<LoadedServer> {
    return (this.#writer ??= load(this.#options, []))
  }

  /** Waits until nobody else writes in this database. */
  async #wait(database: string): Promise<() => void> {
    const before = this.#turns.get(database)
    let release = () => {}
    const mine = new Promise<void>((resolve) => (release = resolve))
    this.#turns.set(
      database,
      (before ?? Promise.resolve()).then(() => mine),
    )
    await before
    return release
  }

  #check(database: string): void {
    if (this.#options.databases.has(database)) return
    throw new LeapError({
      code: 'SQL_DATABASE_UNKNOWN',
      message: `Expected one of the databases ${[...this.#options.databases.keys()].join(', ')}; found "${database}".`,
      remedy: 'Give the dump that belongs to the tasks.',
    })
  }
}

interface LoadedServer {
  server: SqlServer
  connect(account: string, database: string): Promise<SqlConnection>
  kill(threadId: number): Promise<void>
  reload(database: string): Promise<void>
  stop(): Promise<void>
}

/** Loads databases and makes the accounts: one reader, and one writer per database. Throws a LeapError `SQL_LOAD_FAILED`. */
async function load({ databases, server: start }: SqlHostOptions, loadNow: readonly string[]): Promise<LoadedServer> {
  const server = await start()
  const mark = randomBytes(4).toString('hex')
  const password = randomBytes(16).toString('hex')
  const names = [...databases.keys()]
  const accounts = new Map(['reader', ...names].map((name, index) => [name, `leap_${mark}_${index}`]))
  const withAdmin = async <Result>(
    work: (admin: SqlConnection) => Promise<Result>,
    options: ConnectionOptions = {},
  ) => {
    const admin = await connectSql({ ...server.admin, ...options })
    try {
      return await work(admin)
    } finally {
      await admin.close()
    }
  }
  const fill = async (name: string) => {
    await withAdmin(
      async (admin) => {
        await admin.query(`DROP DATABASE IF EXISTS \`${name}\``)
        await admin.query(databases.get(name)!)
      },
      { multipleStatements: true },
    )
  }
  try {
    for (const name of loadNow) await fill(name)
    await withAdmin(async (admin) => {
      for (const [name, account] of accounts) {
        await admin.query(`CREATE USER '${account}'@'%' IDENTIFIED BY '${password}'`)
        for (const database of names)
          await admin.query(
            `GRANT ${database === name ? writing : 'SELECT, SHOW VIEW'} ON \`${escapeName(database)}\`.* TO '${account}'@'%'`,
          )
      }
    })
  } catch (cause) {
    await server.stop()
    throw new LeapError({
      code: 'SQL_LOAD_FAILED',
      message: `The databases could not be loaded into ${server.description}: ${(cause as Error).message}`,
      remedy: 'The account of --mysql-url must be able to create databases and accounts.',
      cause,
    })
  }
  return {
    server,
    connect: (account, database) => connectSql({ ...server.admin, user: accounts.get(account)!, password, database }),
    kill: (threadId) => withAdmin(async (admin) => void (await admin.query(`KILL QUERY ${threadId}`).catch(() => {}))),
    reload: fill,
    async stop() {
      await withAdmin(async (admin) => {
        for (const account of accounts.values()) await admin.query(`DROP USER IF EXISTS '${account}'@'%'`)
      }).catch(() => {})
      await server.stop()
    },
  }
}

/** In a GRANT, `_` and `%` are wildcards. */
const escapeName = (name: string) => name.replace(/[_%]/g, '\\$&')
