import { LeapError } from '../../../../contracts/error.ts'
import {
  type CommandRequest,
  type CommandResult,
  defaultCommandLimits,
  officialIgnored,
  type RootDescription,
  type Sandbox,
  type SandboxLimits,
} from '../contract.ts'
import { environmentOf } from '../environment-of.ts'
import { compareFileTables } from '../file-table.ts'
import type { BaseSystem } from './base-system.ts'
import type { Snapshot } from './build-snapshot.ts'
import type { ControlGroups } from './control-groups.ts'
import type { HostTools } from './host-tools.ts'
import type { Identity } from './identity.ts'
import { listFiles } from './list-files.ts'
import { createMemoryGuard, type MemoryGuard } from './memory-guard.ts'
import type { OutputPipes } from './output-pipes.ts'
import { runCommand } from './run-command.ts'
import { type Namespace, startNamespace } from './start-namespace.ts'
import { stopAll } from './stop-processes.ts'

/** What all sandboxes of a provider share. */
export interface NamespaceContext {
  readonly tools: HostTools
  readonly identity: Identity
  readonly base: BaseSystem
  /** Folder that holds the base and the snapshots. */
  readonly cache: string
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly pipes: OutputPipes
  readonly limits: SandboxLimits
  readonly groups: ControlGroups | undefined
  /** True when the machine as a whole runs out of memory. */
  readonly isMemoryShort: () => boolean
}

/** One set of namespaces over a snapshot, used for one episode and then thrown away. */
export interface NamespaceRoom {
  readonly hostname: string
  readonly namespace: Namespace
  readonly guard: MemoryGuard
  readonly groups: readonly string[]
  close(): Promise<void>
}

/** @throws LeapError `SANDBOX_START_FAILED` */
export async function openRoom(
  context: NamespaceContext,
  snapshot: Snapshot,
  hostname: string,
): Promise<NamespaceRoom> {
  const { tools, identity, base, limits } = context
  const group = context.groups?.create(limits)
  const groups = group?.files ?? []
  try {
    const namespace = await startNamespace({
      ...{ tools, base, identity, limits, hostname, groups },
      cache: context.cache,
      snapshot: snapshot.folder,
    })
    const guard = createMemoryGuard({
      init: namespace.pids.init,
      limitBytes: limits.memoryBytes,
      stopAll: () => stopAll({ tools, identity, namespace }),
      isMemoryShort: context.isMemoryShort,
      kills: () => group?.kills() ?? 0,
    })
    return {
      ...{ hostname, namespace, guard, groups },
      async close() {
        guard.stop()
        await namespace.stop()
        group?.remove()
      },
    }
  } catch (error) {
    group?.remove()
    throw error
  }
}

/** What a sandbox takes its rooms from. */
export interface RoomSupply {
  take(): Promise<NamespaceRoom>
  /** Hands a used room back, to be torn down. */
  drop(room: NamespaceRoom): Promise<void>
  /** The sandbox was closed. */
  left(): void
}

/** A sandbox that throws its room away and takes the next whenever it is reset. */
export async function createNamespaceSandbox(
  context: NamespaceContext,
  root: RootDescription,
  snapshot: Snapshot,
  supply: RoomSupply,
): Promise<Sandbox> {
  let room: NamespaceRoom | undefined = await supply.take()
  let isClosed = false

  const current = (): NamespaceRoom => {
    if (room !== undefined && !room.namespace.isGone()) return room
    throw new LeapError({
      code: 'SANDBOX_LOST',
      message: `the sandbox of ${root.name} is gone: ${isClosed ? 'it was closed' : 'something ended it from outside'}`,
      remedy: isClosed ? 'Start another one.' : 'Reset it, or start the episode again.',
    })
  }
  const replace = async () => {
    const old = room
    room = undefined
    // What was in it is killed at once; nobody waits until the kernel has cleared it away.
    if (old !== undefined) void supply.drop(old).catch(() => {})
    const next = await supply.take()
    if (!isClosed) room = next
    // Closed meanwhile: nobody else would end it.
    else await supply.drop(next)
  }
  return {
    root,
    get hostname() {
      return current().hostname
    },
    async run(request: CommandRequest): Promise<CommandResult> {
      const { namespace, guard, groups, hostname } = current()
      const { isLost, ...result } = await runCommand(
        { ...context, namespace, guard, groups, environment: environmentOf(root, hostname) },
        {
          argv: request.argv,
          directory: request.directory ?? '/',
          limits: { ...defaultCommandLimits, ...request.limits },
          ...(request.signal === undefined ? {} : { signal: request.signal }),
        },
      )
      if (!isLost) return result
      await replace()
      return { ...result, restarted: true }
    },
    async changes() {
      const now = await listFiles(
        { ...context, namespace: current().namespace },
        root.ignore ?? officialIgnored,
        snapshot.files,
      )
      return compareFileTables(snapshot.files, now)
    },
    async reset() {
      if (isClosed) current()
      await replace()
    },
    async close() {
      isClosed = true
      supply.left()
      const old = room
      room = undefined
      if (old !== undefined) await supply.drop(old)
    },
  }
}
