import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { chmod, mkdir } from 'node:fs/promises'
import { release, totalmem } from 'node:os'
import { resolve } from 'node:path'
import { LeapError } from '../../../../contracts/error.ts'
import { canonicalJson } from '../../../../support/canonical-json.ts'
import { createRandom } from '../../../../support/random.ts'
import { availablePrograms, bareRoot } from '../available-programs.ts'
import {
  defaultSandboxLimits,
  type RootDescription,
  type Sandbox,
  type SandboxOptions,
  type SandboxProvider,
} from '../contract.ts'
import type { SandboxName } from '../sandbox-name.ts'
import { createSpares, type Spares } from '../spares.ts'
import type { BaseSystem } from './base-system.ts'
import { openSnapshot, type Snapshot } from './build-snapshot.ts'
import { cleanUpAtEnd } from './clean-up-at-end.ts'
import { findControlGroups } from './control-groups.ts'
import { findHostTools, type HostTools } from './host-tools.ts'
import { chooseIdentity, type Identity } from './identity.ts'
import { createNamespaceSandbox, type NamespaceContext, type NamespaceRoom, openRoom } from './namespace-sandbox.ts'
import { createOutputPipes } from './output-pipes.ts'
import { proveIsolation } from './probe.ts'
import { removeUnused } from './remove-unused.ts'
import { removeAbandoned } from './temporary-names.ts'

export interface NamespaceProviderOptions extends SandboxOptions {
  readonly name: SandboxName
  readonly base: (place: { cache: string; tools: HostTools; identity: Identity }) => Promise<BaseSystem>
  /** Does without bubblewrap even where it is installed. */
  readonly withoutBubblewrap?: boolean
  /** Does without control groups even where they can be made. */
  readonly withoutGroups?: boolean
}

/** What must stay free on the machine, bytes: memory that no limit of a process counts (pipes, sockets, unnamed files) shows here. */
const reserve = 512 * 2 ** 20

/**
 * Sandboxes made of the kernel's namespaces. Proves that it isolates before it is returned.
 *
 * @throws LeapError `SANDBOX_TOOLS_MISSING`, `SANDBOX_START_FAILED`, `SANDBOX_NOT_ISOLATED`, `SANDBOX_PLATFORM`
 */
export async function openNamespaceProvider(options: NamespaceProviderOptions): Promise<SandboxProvider> {
  if (process.platform !== 'linux' || process.getuid === undefined || process.getgid === undefined)
    throw new LeapError({
      code: 'SANDBOX_PLATFORM',
      message: `${options.name} needs Linux, found ${process.platform}`,
      remedy: 'Install a Docker engine.',
    })
  const tools = await findHostTools({ withoutBubblewrap: options.withoutBubblewrap === true })
  const identity = chooseIdentity({ uid: process.getuid(), gid: process.getgid() })
  // A folder of its own, because the sandbox's user must be able to search it, whoever may enter the folders above.
  const cache = `${resolve(options.cacheDirectory)}/sandbox`
  await mkdir(cache, { recursive: true })
  await chmod(cache, 0o755)
  const now = options.now ?? Date.now
  await removeAbandoned(cache)
  await removeUnused(cache, now())
  const limits = { ...defaultSandboxLimits, ...options.limits }
  const base = await options.base({ cache, tools, identity })
  const owner = `leap-${process.pid}-${randomBytes(4).toString('hex')}`
  const groups =
    options.withoutGroups === true
      ? undefined
      : findControlGroups({
          own: readFileSync('/proc/self/cgroup', 'utf8'),
          mounts: readFileSync('/proc/mounts', 'utf8'),
          ...{ identity, owner, limits },
        })
  const context = (withGroups: boolean): NamespaceContext => ({
    ...{ tools, identity, base, limits, cache, groups: withGroups ? groups : undefined },
    pipes: createOutputPipes(tools.mkfifo, cache),
    now,
    isMemoryShort: () => process.availableMemory() < Math.min(reserve, totalmem() / 20),
  })
  try {
    return await prove(options, context(true))
  } catch (error) {
    if (groups === undefined) throw error
    // Groups that can be made need not let processes in; everything else holds without them.
    return await prove(options, context(false))
  }
}

async function prove(options: NamespaceProviderOptions, context: NamespaceContext): Promise<SandboxProvider> {
  const provider = providerOf(options, context)
  try {
    const sandbox = await provider.start(bareRoot)
    await proveIsolation(sandbox, options.name)
    await sandbox.close()
    return provider
  } catch (error) {
    await provider.close()
    throw error
  }
}

function providerOf(options: NamespaceProviderOptions, context: NamespaceContext): SandboxProvider {
  const { tools, groups } = context
  const random = createRandom(options.seed ?? 0, 'sandbox')
  const snapshots = new Map<string, Promise<Snapshot>>()
  const spares = new Map<string, Spares<NamespaceRoom>>()
  const open = new Set<Sandbox>()
  const dropping = new Set<Promise<void>>()
  const stopWatch = cleanUpAtEnd(tools.sh, groups?.patterns ?? [], context.cache)
  let isClosed = false

  const nextHostname = () => Array.from({ length: 12 }, () => random.integer(16).toString(16)).join('')
  const snapshotOf = (root: RootDescription): Promise<Snapshot> => {
    const key = canonicalJson(root)
    let snapshot = snapshots.get(key)
    if (snapshot === undefined) {
      snapshot = openSnapshot(context, root)
      snapshots.set(key, snapshot)
      // A failure is told to those who wait for it now; the next may have more luck.
      snapshot.catch(() => snapshots.delete(key))
    }
    return snapshot
  }
  const sparesOf = (root: RootDescription, snapshot: Snapshot): Spares<NamespaceRoom> => {
    const key = canonicalJson(root)
    let rooms = spares.get(key)
    if (rooms === undefined) {
      rooms = createSpares({
        count: root === bareRoot ? 0 : (options.spares ?? 2),
        start: () => openRoom(context, snapshot, nextHostname()),
        stop: (room) => room.close(),
      })
      spares.set(key, rooms)
    }
    return rooms
  }
  const start = async (root: RootDescription): Promise<Sandbox> => {
    options.signal?.throwIfAborted()
    if (isClosed) throw closedError()
    const snapshot = await snapshotOf(root)
    const rooms = sparesOf(root, snapshot)
    const sandbox = await createNamespaceSandbox(context, root, snapshot, {
      take: () => rooms.take(),
      async drop(room) {
        const dropped = room.close()
        dropping.add(dropped)
        await dropped.finally(() => dropping.delete(dropped))
      },
      left: () => open.delete(sandbox),
    })
    open.add(sandbox)
    if (!isClosed) return sandbox
    // Closed while it was starting: nobody else would end it.
    await sandbox.close()
    throw closedError()
  }
  return {
    kind: options.name,
    description: `${options.name} (${[tools.versions, `kernel ${release()}`, groups?.version].filter((text) => text !== undefined).join(', ')})`,
    limitsMemory: groups !== undefined,
    available: async (programs) => availablePrograms(await start(bareRoot), programs),
    async prepare(root) {
      await snapshotOf(root)
    },
    start,
    async close() {
      if (isClosed) return
      isClosed = true
      await Promise.all([...open].map((sandbox) => sandbox.close()))
      await Promise.all([...spares.values()].map((rooms) => rooms.close()))
      await Promise.all(dropping)
      context.pipes.close()
      stopWatch()
    },
  }
}

const closedError = () =>
  new LeapError({ code: 'SANDBOX_LOST', message: 'a sandbox was asked for after its provider was closed' })
