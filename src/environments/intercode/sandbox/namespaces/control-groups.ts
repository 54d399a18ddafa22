import { chownSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs'
import type { SandboxLimits } from '../contract.ts'
import type { Identity } from './identity.ts'

/** Control groups that hold one sandbox, where this machine lets Leap make some. */
export interface ControlGroup {
  /** A process that writes 0 into these belongs to the sandbox. */
  readonly files: readonly string[]
  /** How often the kernel has killed for memory. */
  kills(): number
  remove(): void
}

export interface ControlGroups {
  /** `cgroup v1`, `cgroup v2`. */
  readonly version: string
  create(limits: SandboxLimits): ControlGroup
  /** Shell patterns of all folders that are made. */
  readonly patterns: readonly string[]
}

interface Hierarchy {
  readonly folder: string
  readonly settings: (limits: SandboxLimits) => readonly (readonly [file: string, value: string])[]
  readonly kills?: (folder: string) => number
}

const memoryOf = (limits: SandboxLimits) => String(limits.memoryBytes + limits.diskBytes)

/**
 * Finds out whether control groups can be made, by making one. Undefined where not, which is usual for an unprivileged user of version 1 and for
 * version 2 without delegation: limits of processes and the memory guard must then do.
 *
 * @param own the text of /proc/self/cgroup
 */
export function findControlGroups(options: {
  readonly own: string
  readonly mounts: string
  readonly identity: Identity
  readonly owner: string
  readonly limits: SandboxLimits
}): ControlGroups | undefined {
  for (const [version, hierarchies] of [
    ['cgroup v2', versionTwo(options)],
    ['cgroup v1', versionOne(options)],
  ] as const) {
    if (hierarchies.length === 0) continue
    const groups = controlGroups(version, hierarchies, options)
    try {
      groups.create(options.limits).remove()
      return groups
    } catch {
      // Not ours to make here; the next kind may be.
    }
  }
}

function controlGroups(
  version: string,
  hierarchies: readonly Hierarchy[],
  { identity, owner }: { identity: Identity; owner: string },
): ControlGroups {
  let count = 0
  const busy = new Set<string>()
  /** A process that is just ending still counts as a member; its group is tried again with the next. */
  const sweep = () => {
    for (const folder of busy) {
      try {
        rmdirSync(folder)
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException
        if (code === 'EBUSY') continue
        if (code !== 'ENOENT') throw error
      }
      busy.delete(folder)
    }
  }
  return {
    version,
    patterns: hierarchies.map(({ folder }) => `${folder}/${owner}-*`),
    create(limits) {
      const name = `${owner}-${++count}`
      const made: string[] = []
      const remove = () => {
        for (const folder of made) busy.add(folder)
        sweep()
      }
      try {
        for (const { folder, settings } of hierarchies) {
          const own = `${folder}/${name}`
          mkdirSync(own)
          made.push(own)
          for (const [file, value] of settings(limits)) writeFileSync(`${own}/${file}`, value)
          if (identity.isOther) chownSync(`${own}/cgroup.procs`, identity.uid, identity.gid)
        }
      } catch (error) {
        remove()
        throw error
      }
      return {
        files: made.map((folder) => `${folder}/cgroup.procs`),
        kills: () => hierarchies.reduce((sum, { kills }, i) => sum + (kills?.(made[i]!) ?? 0), 0),
        remove,
      }
    },
  }
}

function versionOne({ own, mounts }: { own: string; mounts: string }): Hierarchy[] {
  const find = (controller: string) => {
    const path = new RegExp(`^\\d+:(?:[^:]*,)?${controller}(?:,[^:]*)?:(.*)$`, 'm').exec(own)?.[1]
    const mount = new RegExp(`^\\S+ (\\S+) cgroup \\S*\\b${controller}\\b`, 'm').exec(mounts)?.[1]
    return path === undefined || mount === undefined ? undefined : `${mount}${path === '/' ? '' : path}`
  }
  const memory = find('memory')
  if (memory === undefined) return []
  const processes = find('pids')
  return [
    {
      folder: memory,
      settings: (limits) => [['memory.limit_in_bytes', memoryOf(limits)]],
      kills: (folder) => Number(/^oom_kill (\d+)$/m.exec(read(`${folder}/memory.oom_control`))?.[1] ?? 0),
    },
    ...(processes === undefined ? [] : [{ folder: processes, settings: processLimit }]),
  ]
}

function versionTwo({ own, mounts }: { own: string; mounts: string }): Hierarchy[] {
  const path = /^0::(.*)$/m.exec(own)?.[1]
  const mount = /^\S+ (\S+) cgroup2 /m.exec(mounts)?.[1]
  if (path === undefined || mount === undefined) return []
  // A group that holds processes cannot have children with limits, so they are made beside Leap's own.
  const folder = `${mount}${path.replace(/\/[^/]*$/, '')}`
  return [
    {
      folder,
      settings: (limits) => [['memory.max', memoryOf(limits)], ['memory.swap.max', '0'], ...processLimit(limits)],
      kills: (own) => Number(/^oom_kill (\d+)$/m.exec(read(`${own}/memory.events`))?.[1] ?? 0),
    },
  ]
}

/** The first process, the helpers that enter the sandbox, and the kernel's own view of threads come on top of what a command may start. */
const processLimit = (limits: SandboxLimits) => [['pids.max', String(limits.processes + 64)]] as const

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
