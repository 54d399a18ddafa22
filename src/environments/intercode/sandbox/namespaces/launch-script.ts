import type { SandboxLimits } from '../contract.ts'
import type { BaseSystem } from './base-system.ts'
import type { HostTools } from './host-tools.ts'

/** Descriptors of the launching process beyond standard input and output; the numbers are those in `stdio` of its spawn. */
export const descriptors = { hold: 3, holder: 4 } as const

/** Device files that a command finds in `/dev`. */
export const devices = ['null', 'zero', 'full', 'random', 'urandom', 'tty'] as const

export interface Launch {
  readonly tools: HostTools
  readonly base: BaseSystem
  /** Where the folders lie; the launching process starts there, since the sandbox's user need not be able to walk there. */
  readonly cache: string
  /** What lies over the base, by its name in the cache. */
  readonly snapshot?: string
  readonly hostname: string
  readonly limits: SandboxLimits
  /** A folder in the cache with `upper` and `work`, where a snapshot is being built. Otherwise what is written lives in memory. */
  readonly building?: string
}

/**
 * Folders of `/proc` that nobody inside may list, because their owner is outside. A container's root may, so a search from `/` does not complain of them
 * there; here an empty folder lies over each.
 */
export const unlisted = ['tty/driver', '1/fdinfo', '1/map_files', '1/task/1/fdinfo'] as const

/** A folder of the episode's own that is empty as long as nobody writes into it: as it belongs to the root's file system, `df` does not count it twice. */
const emptyFolder = 'sys'

/** Within the launching process's own mount namespace, where the episode's root can be seen from outside. */
export const rootFromOutside = '/tmp/m'

/**
 * The script that builds a sandbox around its first process. It runs as root of a fresh user namespace (the outer one) that owns every other
 * namespace. Commands are put into a second, inner user namespace: there they are root over their files, but own nothing of mounts, process
 * table or network, cannot trace the first process, and cannot make namespaces, because the outer limits are used up exactly.
 *
 * Prints the host's process id of the inner namespace's holder on `descriptors.holder`.
 */
export function launchScript(launch: Launch): string {
  const { tools, limits, hostname } = launch
  const lower = [...(launch.snapshot === undefined ? [] : [`${launch.snapshot}/upper`]), ...launch.base.lower].join(':')
  const written = launch.building ?? '/tmp'
  const closed = Object.values(descriptors)
    .map((fd) => `${fd}<&-`)
    .join(' ')
  return [
    'set -e',
    // System V shared memory outlives its processes and belongs to no limit of theirs. Older kernels do not let us; the memory guard then must do.
    '{ echo 0 >/proc/sys/kernel/shmmni; echo 0 >/proc/sys/kernel/msgmni; } 2>/dev/null || :',
    `${tools.mount} -n -t tmpfs -o size=${limits.diskBytes},nr_inodes=${limits.files},mode=755 tmpfs /tmp`,
    `mkdir /tmp/m /tmp/e${launch.building !== undefined ? '' : ' /tmp/upper /tmp/work /tmp/upper/etc'}`,
    ...(launch.building !== undefined
      ? []
      : [
          `echo ${hostname} >/tmp/upper/etc/hostname`,
          `printf '127.0.0.1\\tlocalhost\\n::1\\tlocalhost\\n172.17.0.2\\t${hostname}\\n' >/tmp/upper/etc/hosts`,
        ]),
    `${tools.mount} -n -t overlay -o userxattr,lowerdir=${lower},upperdir=${written}/upper,workdir=${written}/work overlay ${rootFromOutside}`,
    'cd /proc/sys/user',
    // What is about to be made, and not one more.
    'echo 1 >max_user_namespaces; echo 2 >max_mnt_namespaces',
    'for name in pid net ipc uts cgroup; do echo 1 >max_"$name"_namespaces; done',
    '{ echo 0 >max_time_namespaces; } 2>/dev/null || :',
    'cd /',
    `${tools.unshare} --user --map-root-user ${tools.sh} -c 'echo $$ >&${descriptors.holder}; exec ${descriptors.holder}>&-; read -r line' <&${descriptors.hold} ${without(closed, descriptors.holder)} &`,
    tools.bwrap === undefined ? enterWithUtilLinux(launch, closed) : enterWithBubblewrap(launch, closed),
  ].join('\n')
}

const without = (closed: string, kept: number) => closed.replace(`${kept}<&-`, '').trim()

/**
 * Bubblewrap's child waits for ever for a parent that ends between its fork and the word to go on. So nothing here may end the parent when Leap is
 * killed: no `--die-with-parent`, and no `--info-fd`, writing to which fails then. The first process ends by itself: its input has ended.
 */
function enterWithBubblewrap({ tools, base, hostname }: Launch, closed: string): string {
  return [
    `exec ${tools.bwrap} --unshare-pid --unshare-net --unshare-uts --unshare-cgroup --hostname ${hostname}`,
    `--bind ${rootFromOutside} / --proc /proc --ro-bind /proc/sys /proc/sys`,
    ...base.shown.map((path) => `--ro-bind ${quote(path)} ${quote(path)}`),
    ...base.hidden.map((path) => `--ro-bind /tmp/e ${quote(path)}`),
    ...tools.unlisted.map((name) => `--ro-bind ${rootFromOutside}/${emptyFolder} /proc/${name}`),
    ...devices.map((name) => `--dev-bind-try /dev/${name} /dev/${name}`),
    `--as-pid-1 --chdir / bash ${closed}`,
  ].join(' ')
}

/** The same with `mount` and `pivot_root`. All mounts but the first are one table, so that they cost one start of `mount`. */
function enterWithUtilLinux({ tools, base, hostname }: Launch, closed: string): string {
  const field = (path: string) => path.replaceAll('\\', '\\134').replaceAll(' ', '\\040').replaceAll('\t', '\\011')
  const table = [
    'proc /tmp/m/proc proc nosuid,nodev,noexec 0 0',
    '/proc/sys /tmp/m/proc/sys none bind,ro 0 0',
    ...base.shown.map((path) => `${field(path)} /tmp/m${field(path)} none bind,ro,nosuid,nodev 0 0`),
    ...base.hidden.map((path) => `/tmp/e /tmp/m${field(path)} none bind,ro 0 0`),
    ...tools.unlisted.map((name) => `/tmp/m/${emptyFolder} /tmp/m/proc/${name} none bind,ro 0 0`),
    ...devices.map((name) => `/dev/${name} /tmp/m/dev/${name} none bind,nofail 0 0`),
  ].join('\n')
  const inside = [
    'set -e',
    `hostname ${hostname}`,
    '{ ip link set lo up || ifconfig lo up; } 2>/dev/null || :',
    `${tools.mount} -n -a -T /tmp/table`,
    'mkdir /tmp/m/.old',
    'cd /tmp/m',
    'pivot_root . .old',
    'cd /',
    'umount -n -l /.old',
    'rmdir /.old',
    'exec bash',
  ].join('\n')
  return [
    `cat >/tmp/table <<'END OF TABLE'\n${table}\nEND OF TABLE`,
    `exec ${tools.unshare} --mount --pid --net --uts --cgroup --fork --kill-child ${tools.sh} -c ${quote(inside)} ${closed}`,
  ].join('\n')
}

const quote = (text: string) => `'${text.replaceAll("'", "'\\''")}'`
