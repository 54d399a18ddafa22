import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { enterProcessTable } from './enter.ts'
import type { HostTools } from './host-tools.ts'
import type { Identity } from './identity.ts'
import { processesInside } from './process-table.ts'
import type { Namespace } from './start-namespace.ts'

const rounds = 5

/**
 * Kills a command with all that it started, in whatever session or group; what was there before it lives on unless the command forks faster than
 * it can be killed one by one. True when nothing of it is left.
 *
 * @param leader host process id of the command's first process, which leads its process group
 * @param before process ids inside that are not the command's
 */
export async function stopProcesses(
  context: { readonly tools: HostTools; readonly identity: Identity; readonly namespace: Namespace },
  leader: number,
  before: ReadonlySet<number>,
): Promise<boolean> {
  try {
    process.kill(-leader, 'SIGKILL')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
  const { init } = context.namespace.pids
  for (let round = 0; round < rounds; round++) {
    const left = (await processesInside(init)).filter((pid) => !before.has(pid))
    if (left.length === 0) return true
    // One call with -1 reaches all at once, so that not even a fork bomb can outrun it; the last rounds use it whatever else dies.
    const all = before.size === 0 || round >= rounds - 2
    await killInside(context, all ? [-1] : left)
    for (let i = 0; i < 20; i++) {
      if ((await processesInside(init)).every((pid) => before.has(pid))) return true
      await wait(5)
    }
  }
  return context.namespace.isGone()
}

/** Kills everything in the sandbox but its first process. */
export async function stopAll(context: Parameters<typeof stopProcesses>[0]): Promise<void> {
  await killInside(context, [-1])
}

async function killInside(context: Parameters<typeof stopProcesses>[0], pids: readonly number[]): Promise<void> {
  const { tools, identity, namespace } = context
  const argv = [...enterProcessTable(tools, namespace), tools.sh, '-c', 'kill -9 "$@"', 'sh', ...pids.map(String)]
  const child = spawn(argv[0]!, argv.slice(1), {
    cwd: '/',
    env: {},
    stdio: 'ignore',
    ...(identity.isOther ? { uid: identity.uid, gid: identity.gid } : {}),
  })
  await once(child, 'exit')
}
