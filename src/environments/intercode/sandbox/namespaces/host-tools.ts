import { execFile } from 'node:child_process'
import { statSync } from 'node:fs'
import { access, constants } from 'node:fs/promises'
import { promisify } from 'node:util'
import { LeapError } from '../../../../contracts/error.ts'
import { unlisted } from './launch-script.ts'

/** Absolute paths of the programs that isolate. They are looked up in the system's own folders only, never in a user's PATH. */
export interface HostTools {
  readonly sh: string
  readonly unshare: string
  readonly nsenter: string
  readonly mount: string
  readonly prlimit: string
  readonly find: string
  readonly tar: string
  readonly mkfifo: string
  /** Absent: util-linux does its part, a little slower. */
  readonly bwrap: string | undefined
  /** Whether `nsenter` can enter a working folder after the namespaces (util-linux 2.38). */
  readonly entersFolder: boolean
  /** Those of `unlisted` (launch-script.ts) that this kernel has. */
  readonly unlisted: readonly string[]
  /** For the manifest: `bubblewrap 0.8.0, util-linux 2.38.1`. */
  readonly versions: string
}

const folders = ['/usr/bin', '/bin', '/usr/sbin', '/sbin']
const needed = ['sh', 'unshare', 'nsenter', 'mount', 'prlimit', 'find', 'tar', 'mkfifo'] as const
const run = promisify(execFile)

/**
 * Finds the programs that `userns` and `host-usr` need.
 *
 * @throws LeapError `SANDBOX_TOOLS_MISSING`, naming those that are not there
 */
export async function findHostTools(options: { readonly withoutBubblewrap?: boolean } = {}): Promise<HostTools> {
  const found = new Map<string, string>()
  for (const name of [...needed, 'bwrap']) {
    const path = await locate(name)
    if (path !== undefined) found.set(name, path)
  }
  const missing = needed.filter((name) => !found.has(name))
  if (missing.length > 0)
    throw new LeapError({
      code: 'SANDBOX_TOOLS_MISSING',
      message: `expected ${needed.join(', ')} in ${folders.join(', ')}; found no ${missing.join(', ')}`,
      remedy: 'Install util-linux, findutils, tar and coreutils (on Debian and Ubuntu they are part of the system).',
    })
  const path = (name: (typeof needed)[number]) => found.get(name)!
  const bwrap = options.withoutBubblewrap === true ? undefined : found.get('bwrap')
  const [utilLinux, help, bubblewrap] = await Promise.all([
    textOf(path('unshare'), '--version'),
    textOf(path('nsenter'), '--help'),
    bwrap === undefined ? '' : textOf(bwrap, '--version'),
  ])
  return {
    ...(Object.fromEntries(needed.map((name) => [name, path(name)])) as Record<(typeof needed)[number], string>),
    bwrap,
    entersFolder: help.includes('--wdns'),
    unlisted: unlisted.filter((name) => statSync(`/proc/${name}`, { throwIfNoEntry: false }) !== undefined),
    versions: [bubblewrap, `util-linux ${/[\d.]+\s*$/.exec(utilLinux)?.[0] ?? ''}`]
      .map((text) => text.trim())
      .filter((text) => text !== '')
      .join(', '),
  }
}

async function locate(name: string): Promise<string | undefined> {
  for (const folder of folders) {
    const path = `${folder}/${name}`
    const isThere = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    )
    if (isThere) return path
  }
}

async function textOf(program: string, argument: string): Promise<string> {
  const { stdout } = await run(program, [argument], { env: { LC_ALL: 'C' }, timeout: 10_000 })
  return stdout.trim()
}
