import { execFile, spawn } from 'node:child_process'
import { chmod, chown, mkdir, mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { LeapError } from '../../../contracts/error.ts'
import { systemClock } from '../../../support/clock.ts'
import { connectSql } from './connect.ts'
import { findProgram } from './find-program.ts'
import type { SqlServer } from './sql-server.ts'

/** How the server is run: small, quick to start, deaf to the network and to the machine's files. */
const settings = [
  '--skip-networking',
  '--lower-case-table-names=1',
  '--innodb-flush-log-at-trx-commit=0',
  '--innodb-buffer-pool-size=32M',
  '--innodb-log-file-size=8M',
  '--innodb-fast-shutdown=2',
  '--skip-log-bin',
  '--local-infile=0',
  '--skip-symbolic-links',
  '--max-connections=400',
  '--tmp-table-size=16M',
  '--max-heap-table-size=16M',
  '--character-set-server=utf8mb4',
  '--collation-server=utf8mb4_general_ci',
]

export interface MariadbOptions {
  /** Below which the server's private folder is made. Default: the system's temporary folder. */
  directory?: string
  /** Folders with programs, separated by colons. Default: PATH and the places where distributions put servers. */
  path?: string
}

/** True where Debian's `mariadb-server`, or another distribution's, is installed. */
export async function hasMariadb(path?: string): Promise<boolean> {
  return (await findProgram(['mariadbd', 'mysqld'], path)) !== undefined
}

/** Throws a LeapError `SQL_SERVER_MISSING`, before anything is begun, where there is no server to start. */
export async function checkMariadb(path?: string): Promise<void> {
  if (!(await hasMariadb(path))) throw missing()
}

/**
 * Starts a MariaDB server of its own on a private socket: fresh data folder, no network, as an account without rights where Leap runs as root. A watcher
 * holds a pipe from this process: the server and its folder go with it, also when it is killed.
 * Throws a LeapError `SQL_SERVER_MISSING` where MariaDB is not installed, and `SQL_SERVER_FAILED` with what it said.
 */
export async function startMariadb({ directory = tmpdir(), path }: MariadbOptions = {}): Promise<SqlServer> {
  const program = await findProgram(['mariadbd', 'mysqld'], path)
  const installer = await findProgram(['mariadb-install-db', 'mysql_install_db'], path)
  if (program === undefined || installer === undefined) throw missing()
  const folder = await mkdtemp(join(directory, 'leap-sql-'))
  try {
    const account = await serverAccount()
    const data = join(folder, 'data')
    const none = join(folder, 'none')
    for (const place of [data, none]) await mkdir(place)
    // Whoever reaches the socket is the server's administrator.
    await chmod(folder, 0o700)
    if (account) for (const place of [folder, data, none]) await chown(place, account.uid, account.gid)
    await install(installer, data, account)
    const socketPath = join(folder, 'socket')
    const child = spawn('/bin/sh', ['-c', watcher, 'leap-sql', folder, program, ...serverArguments(folder)], {
      stdio: ['pipe', 'ignore', 'pipe'],
      detached: true,
      env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C' },
      ...account,
    })
    let said = ''
    child.stderr.on('data', (chunk) => (said = (said + chunk).slice(-4000)))
    child.stdin.on('error', () => {})
    // A server must not keep a program alive that has nothing else to do.
    child.unref()
    for (const pipe of [child.stdin, child.stderr]) (pipe as { unref?: () => void }).unref?.()
    const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
    const admin = { socketPath, user: 'root' }
    const stop = async () => {
      child.ref()
      child.stdin.end()
      await gone
      await rm(folder, { recursive: true, force: true })
    }
    const version = await firstAnswer(
      admin,
      () => child.exitCode !== null,
      () => said,
    ).catch(async (error) => {
      await stop()
      throw error
    })
    return { admin, flavour: 'mariadb', description: `MariaDB ${version}, started by leap`, stop }
  } catch (error) {
    await rm(folder, { recursive: true, force: true })
    throw error
  }
}

/** Runs the server and waits for the end of its own input, which comes when the process that started it ends, however it ends. */
const watcher = `folder=$1; shift; "$@" & server=$!; (while kill -0 $server 2>/dev/null; do sleep 1; done; kill $$ 2>/dev/null) &
guard=$!; trap 'kill -9 $server $guard 2>/dev/null; rm -rf "$folder"; exit 0' TERM EXIT; read -r _; exit 0`

const serverArguments = (folder: string) => [
  '--no-defaults',
  `--datadir=${join(folder, 'data')}`,
  `--socket=${join(folder, 'socket')}`,
  `--pid-file=${join(folder, 'pid')}`,
  `--tmpdir=${join(folder, 'data')}`,
  // Nothing may be read from or written to files; an empty folder that nobody fills would do too.
  `--secure-file-priv=${join(folder, 'none')}`,
  ...settings,
]

async function install(installer: string, data: string, account: { uid: number; gid: number } | undefined) {
  const options = ['--no-defaults', `--datadir=${data}`, '--auth-root-authentication-method=normal', '--skip-test-db']
  await promisify(execFile)(installer, [...options, '--innodb-log-file-size=8M'], {
    ...account,
    timeout: 300_000,
  }).catch((cause: Error & { stdout?: string; stderr?: string }) => {
    throw failed(`${cause.message}\n${(cause.stderr || cause.stdout || '').slice(-1000)}`, cause)
  })
}

/** The server refuses to be root, and should not be: it becomes nobody in particular. */
async function serverAccount(): Promise<{ uid: number; gid: number } | undefined> {
  if (process.getuid?.() !== 0) return undefined
  const home = await stat('/var/lib/mysql').catch(() => undefined)
  return home && home.uid !== 0 ? { uid: home.uid, gid: home.gid } : { uid: 65_534, gid: 65_534 }
}

async function firstAnswer(
  admin: { socketPath: string; user: string },
  hasEnded: () => boolean,
  said: () => string,
): Promise<string> {
  const start = systemClock.elapsed()
  for (;;) {
    try {
      const connection = await connectSql(admin)
      const { rows } = await connection.query('SELECT VERSION()')
      await connection.close()
      return String(rows?.[0]?.[0]).replace(/-MariaDB.*/, '')
    } catch (cause) {
      if (hasEnded() || systemClock.elapsed() - start > 60_000) throw failed(said(), cause)
      await systemClock.sleep(30)
    }
  }
}

const failed = (said: string, cause: unknown) =>
  new LeapError({
    code: 'SQL_SERVER_FAILED',
    message: `MariaDB did not start: ${said.trim().split('\n').slice(-5).join('\n    ')}`,
    remedy: 'See what it says above, or give a running server with --mysql-url.',
    cause,
  })

const missing = () =>
  new LeapError({
    code: 'SQL_SERVER_MISSING',
    message: 'InterCode SQL needs a MySQL-compatible server; found none installed, and no --mysql-url.',
    remedy:
      'Install one (Debian, Ubuntu: apt-get install mariadb-server) and Leap starts it by itself, or give --mysql-url mysql://user:password@host:3306 (MySQL 8 gives the closest parity).',
  })
