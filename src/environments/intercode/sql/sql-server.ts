import type { ConnectionOptions } from 'mysql2'

/** A running MySQL-compatible server, with an account that may do everything. */
export interface SqlServer {
  /** How to reach it, as its administrator. */
  readonly admin: ConnectionOptions
  /** For the manifest: `MariaDB 10.11.19, started by leap`. */
  readonly description: string
  readonly flavour: 'mysql' | 'mariadb'
  /** Stops it if this process started it. */
  stop(): Promise<void>
}
