import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { type Command, Option } from 'commander'
import type { SandboxProvider } from '../environments/intercode/sandbox/contract.ts'
import { type SandboxName, sandboxNames } from '../environments/intercode/sandbox/sandbox-name.ts'
import type { SqlServer } from '../environments/intercode/sql/sql-server.ts'
import type { CliContext } from './context.ts'

/** Where InterCode's commands and queries run. */
export interface InterCodePlaces {
  sandbox: SandboxName | 'auto'
  rootfs?: string
  mysqlUrl?: string
}

/** Declares the options that say where commands and queries run. */
export function addInterCodeOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--sandbox <kind>', 'how commands are isolated').choices(['auto', ...sandboxNames]).default('auto'),
    )
    .option('--rootfs <path>', 'folder or archive with a Linux root file system, for the sandbox userns')
    .option(
      '--mysql-url <url>',
      'a MySQL server (mysql://user@host:port, password in LEAP_MYSQL_PASSWORD); default: MariaDB is started',
    )
}

/** Opens the sandbox that the options name. */
export async function openSandboxOf(
  context: CliContext,
  { sandbox, rootfs }: InterCodePlaces,
): Promise<SandboxProvider> {
  const { openSandbox } = await import('../environments/intercode/sandbox/open-sandbox.ts')
  const cacheDirectory = join(context.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'leap', 'intercode')
  return openSandbox({
    cacheDirectory,
    kind: sandbox,
    signal: context.signal,
    ...(rootfs === undefined ? {} : { rootfs: resolve(context.cwd, rootfs) }),
  })
}

/** Starts or reaches the SQL server that the options name. */
export async function openServerOf({ env }: CliContext, { mysqlUrl }: InterCodePlaces): Promise<SqlServer> {
  if (mysqlUrl !== undefined) {
    const { openMysqlUrl } = await import('../environments/intercode/sql/mysql-url.ts')
    return openMysqlUrl(mysqlUrl, env.LEAP_MYSQL_PASSWORD)
  }
  const { startMariadb } = await import('../environments/intercode/sql/start-mariadb.ts')
  return startMariadb()
}
