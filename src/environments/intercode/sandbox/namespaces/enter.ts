import type { HostTools } from './host-tools.ts'
import type { Namespace } from './start-namespace.ts'

/** The start of a command line that runs what follows with all rights of the outer user namespace, but nothing else of the sandbox yet. */
function enterOuter(tools: HostTools, { pids }: Namespace): string[] {
  return [tools.nsenter, '--preserve-credentials', `--user=/proc/${pids.main}/ns/user`]
}

/**
 * Runs what follows inside, as commands run. It takes two steps: the other namespaces belong to the outer user namespace and can be entered only from
 * there, and the inner user namespace comes last, so that nothing of the sandbox's own files ever runs with rights over it.
 *
 * @param folder working folder, taken literally
 */
export function enterInside(tools: HostTools, namespace: Namespace, folder: string): string[] {
  const { init, holder } = namespace.pids
  const kinds = ['mount:mnt', 'pid:pid', 'net:net', 'ipc:ipc', 'uts:uts', 'cgroup:cgroup']
  return [
    ...enterOuter(tools, namespace),
    tools.nsenter,
    '--preserve-credentials',
    ...kinds.map((kind) => `--${kind.split(':')[0]}=/proc/${init}/ns/${kind.split(':')[1]}`),
    `--user=/proc/${holder}/ns/user`,
    ...(tools.entersFolder ? [`--wdns=${folder}`, '--'] : ['--', 'env', `--chdir=${folder}`, '--']),
  ]
}

/** Runs what follows with the host's own programs, the sandbox's process table, and the right to kill what is in it. */
export function enterProcessTable(tools: HostTools, namespace: Namespace): string[] {
  return [
    ...enterOuter(tools, namespace),
    tools.nsenter,
    '--preserve-credentials',
    `--pid=/proc/${namespace.pids.init}/ns/pid`,
    '--',
  ]
}

/** Runs what follows with the host's own programs where the episode's root can be seen from outside (`rootFromOutside`). */
export function enterMountsOutside(tools: HostTools, namespace: Namespace): string[] {
  return [
    ...enterOuter(tools, namespace),
    tools.nsenter,
    '--preserve-credentials',
    `--mount=/proc/${namespace.pids.holder}/ns/mnt`,
    '--',
  ]
}
