import { LeapError } from '../../../contracts/error.ts'
import { connectSql } from './connect.ts'
import type { SqlServer } from './sql-server.ts'

/** Where a server is, and who asks. Throws a LeapError `SQL_URL_INVALID`, which does not repeat the text: it may hold a password. */
export function parseMysqlUrl(text: string): { host: string; port: number; user: string; password: string } {
  const url = URL.parse(text)
  if (url === null || !/^(mysql|mariadb):$/.test(url.protocol) || url.hostname === '')
    throw new LeapError({
      code: 'SQL_URL_INVALID',
      message: 'Expected a server as mysql://user:password@host:port, found something else.',
      remedy: 'For example mysql://root@127.0.0.1:3306',
    })
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port || 3306),
    user: decodeURIComponent(url.username) || 'root',
    password: decodeURIComponent(url.password),
  }
}

/**
 * Reaches a running server: `mysql://user:password@host:3306`. A password that the address lacks may be given beside it.
 * Throws a LeapError `SQL_URL_INVALID` or `SQL_SERVER_UNREACHABLE`; neither holds the password.
 */
export async function openMysqlUrl(text: string, password?: string): Promise<SqlServer> {
  const parsed = parseMysqlUrl(text)
  const admin = { ...parsed, password: parsed.password || (password ?? '') }
  try {
    const connection = await connectSql(admin)
    const { rows } = await connection.query('SELECT VERSION()')
    await connection.close()
    const version = String(rows?.[0]?.[0])
    const flavour = /mariadb/i.test(version) ? 'mariadb' : 'mysql'
    return {
      admin,
      flavour,
      description: `${flavour === 'mariadb' ? 'MariaDB' : 'MySQL'} ${version} at ${admin.host}:${admin.port}`,
      stop: async () => {},
    }
  } catch (cause) {
    throw new LeapError({
      code: 'SQL_SERVER_UNREACHABLE',
      message: `The server at ${admin.host}:${admin.port} does not answer as "${admin.user}": ${(cause as Error).message}`,
      remedy: 'Check the address, the account and that the server runs.',
      cause,
    })
  }
}
