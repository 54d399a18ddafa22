import { chmod, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { LeapError } from '../../../../contracts/error.ts'
import { canonicalJson } from '../../../../support/canonical-json.ts'
import { hashText } from '../../../../support/hash.ts'
import { defaultSandboxLimits, officialIgnored, type RootDescription } from '../contract.ts'
import { environmentOf } from '../environment-of.ts'
import type { FileRecord, FileTable } from '../file-table.ts'
import { setupOf } from '../setup-script.ts'
import { snapshotWeek } from '../snapshot-week.ts'
import type { BaseSystem } from './base-system.ts'
import { buildOnce } from './build-once.ts'
import { giveTo } from './give-to.ts'
import type { HostTools } from './host-tools.ts'
import type { Identity } from './identity.ts'
import { devices } from './launch-script.ts'
import { listFiles } from './list-files.ts'
import type { OutputPipes } from './output-pipes.ts'
import { markUsed } from './remove-unused.ts'
import { runCommand } from './run-command.ts'
import { startNamespace } from './start-namespace.ts'

/** An episode's file system before anything happened in it. */
export interface Snapshot {
  /** What lies over the base: a name in the cache. */
  readonly folder: string
  /** All files that are compared, as they were. */
  readonly files: FileTable
}

export interface SnapshotContext {
  readonly tools: HostTools
  readonly identity: Identity
  readonly base: BaseSystem
  readonly pipes: OutputPipes
  /** Folder that keeps snapshots from run to run. */
  readonly cache: string
  /** Milliseconds since 1970. */
  readonly now: () => number
}

/** Raise it when what a snapshot holds changes for the same description. */
const layout = 1
const setupLimits = { milliseconds: 120_000, outputBytes: 2 ** 20 }

/**
 * The snapshot of a description: from the cache, or built in a sandbox of its own and then kept.
 *
 * @throws LeapError `SANDBOX_SETUP_FAILED` if the set-up could not run (a failing line of the script is no failure)
 */
export async function openSnapshot(context: SnapshotContext, root: RootDescription): Promise<Snapshot> {
  const { identity, base, cache } = context
  const { name, ...content } = root
  const week = snapshotWeek(root, context.now())
  const made = week === undefined ? {} : { week }
  const key = hashText([canonicalJson({ layout, base: base.key, uid: identity.uid, content, ...made })])
  const folder = `${name.replace(/[^\w.-]+/g, '_')}-${key}`
  const final = `${cache}/${folder}`
  await buildOnce(final, async (temporary) => {
    await mkdir(`${temporary}/upper`)
    await mkdir(`${temporary}/work`)
    await addMountPoints(`${temporary}/upper`)
    await giveTo(identity, temporary)
    const files = await fill(context, root, temporary)
    // The kernel's own folder in it has no permissions, which keeps others from removing it.
    await chmod(`${temporary}/work/work`, 0o700).catch(() => {})
    await rm(`${temporary}/work`, { recursive: true, force: true })
    await writeFile(`${temporary}/files.json`, JSON.stringify([...files]))
  })
  await markUsed(final, context.now())
  const files = JSON.parse(await readFile(`${final}/files.json`, 'utf8')) as [string, FileRecord][]
  return { folder, files: new Map(files) }
}

/** Places for what is mounted, with the links that Docker puts beside the devices. */
async function addMountPoints(upper: string): Promise<void> {
  for (const folder of ['dev', 'dev/pts', 'dev/shm', 'proc', 'sys', 'etc']) await mkdir(`${upper}/${folder}`)
  await chmod(`${upper}/dev/shm`, 0o1777)
  for (const name of devices) await writeFile(`${upper}/dev/${name}`, '', { mode: 0o666 })
  const links = { fd: '/proc/self/fd', stdin: '/proc/self/fd/0', stdout: '/proc/self/fd/1', stderr: '/proc/self/fd/2' }
  for (const [name, target] of Object.entries(links)) await symlink(target, `${upper}/dev/${name}`)
  await symlink('/proc/kcore', `${upper}/dev/core`)
}

async function fill(context: SnapshotContext, root: RootDescription, temporary: string): Promise<FileTable> {
  const { tools, identity, base } = context
  const namespace = await startNamespace({
    ...{ tools, base, identity, cache: context.cache, limits: defaultSandboxLimits, hostname: 'snapshot', groups: [] },
    building: basename(temporary),
  })
  try {
    const guard = { watch: () => () => {}, hasKilled: () => false, stop: () => {} }
    const run = async (argv: readonly string[], input?: Uint8Array) =>
      runCommand(
        {
          ...{ tools, identity, namespace, guard, pipes: context.pipes, groups: [] },
          limits: { ...defaultSandboxLimits, memoryBytes: 2 ** 31, diskBytes: 2 ** 31 },
          environment: environmentOf(root, 'snapshot'),
        },
        { argv, directory: '/', limits: setupLimits, ...(input === undefined ? {} : { input }) },
      )
    const { script, archive } = await setupOf(root)
    const unpacked = await run(['tar', '-x', '-p', '-f', '-', '-C', '/'], archive)
    if (unpacked.exitCode !== 0) throw failure(root, 'its files could not be written', unpacked.output)
    const result = await run(['/bin/bash', '-c', script])
    if (result.exitCode !== 0)
      throw failure(root, `its set-up ended with ${result.cut ?? result.exitCode}`, result.output)
    return await listFiles({ tools, identity, namespace }, root.ignore ?? officialIgnored)
  } finally {
    await namespace.stop()
  }
}

function failure(root: RootDescription, what: string, output: Uint8Array): LeapError {
  return new LeapError({
    code: 'SANDBOX_SETUP_FAILED',
    message: `file system ${root.name}: ${what}: ${Buffer.from(output).toString().trim().slice(-2000) || 'no output'}`,
    remedy: 'Check the description of the file system; its script runs as root in / with bash.',
  })
}
