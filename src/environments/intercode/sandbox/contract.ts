import type { SandboxName } from './sandbox-name.ts'

/** One entry of a file system that is written before the set-up script runs. Parent folders appear by themselves. */
export interface FileEntry {
  /** Absolute, for example `/testbed/dir1/a.txt`. */
  readonly path: string
  readonly type: 'file' | 'directory' | 'link'
  /** Of a file; text is written as UTF-8. */
  readonly content?: string | Uint8Array
  /** Of a link. */
  readonly target?: string
  /** Permission bits. Default 0o644 for files, 0o755 for folders. */
  readonly mode?: number
  /** Time of last change, seconds since 1970. */
  readonly modified?: number
}

/** How an episode's file system comes about. Equal descriptions share one snapshot, which is built once and kept. */
export interface RootDescription {
  /** For messages, for example `nl2bash-fs-1`. */
  readonly name: string
  readonly files?: readonly FileEntry[]
  /** A bash script that is placed at `path`, made executable and run as root in `/`. A failing line does not stop it, as in InterCode's images. */
  readonly script?: { readonly path: string; readonly text: string }
  /**
   * Makes `/` a git repository whose first commit holds everything that `ignore` leaves over, and removes what git does not know (empty folders
   * too), which is the state that InterCode's reset leaves. Default true where git is installed.
   */
  readonly git?: boolean
  /** Names that {@link Sandbox.changes} and git do not look at, at any depth. Default {@link officialIgnored}. */
  readonly ignore?: readonly string[]
  /**
   * Days that the files lie back whose time the set-up leaves to the clock, as in an image that was built that long ago: what a search by time finds then
   * does not depend on when the snapshot was made. Up to a week more, since such snapshots are kept that long. Absent: snapshots are kept for ever, and
   * those files are as old as they are.
   */
  readonly age?: number
  /**
   * Seconds since 1970 that were now when the set-up script was written: files that it dates are put as far back from today as they were from then, so that
   * a search by time finds what it found. Such snapshots are made anew every hour. Needs git. Absent: they keep their dates.
   */
  readonly clock?: number
  /** Variables that commands see beside HOME, PATH and HOSTNAME. */
  readonly environment?: Readonly<Record<string, string>>
}

/** The names in the `.gitignore` of InterCode's Bash images: what the reward does not see. */
export const officialIgnored: readonly string[] =
  'bin boot dev etc home lib media opt proc root run sbin srv sys usr var .dockerenv'.split(' ')

/** What one command may use. */
export interface CommandLimits {
  /** Wall time, milliseconds; then the command and its descendants are killed. */
  readonly milliseconds: number
  /** Bytes of output; then the command is killed. */
  readonly outputBytes: number
}

export const defaultCommandLimits: CommandLimits = { milliseconds: 10_000, outputBytes: 8 * 2 ** 20 }

/** What one sandbox may use, whatever runs in it. */
export interface SandboxLimits {
  /** All memory of all processes together, and the address space of each, bytes. */
  readonly memoryBytes: number
  /** What may be written to the file system, bytes. It lives in memory, so this comes on top of `memoryBytes`. */
  readonly diskBytes: number
  /** Files and folders that may be created. */
  readonly files: number
  /** Processes and threads at once. */
  readonly processes: number
  /** Open files of a process. */
  readonly openFiles: number
  /** Processor time of one process, seconds. */
  readonly processorSeconds: number
}

export const defaultSandboxLimits: SandboxLimits = {
  memoryBytes: 512 * 2 ** 20,
  diskBytes: 64 * 2 ** 20,
  files: 65_536,
  processes: 128,
  openFiles: 1024,
  processorSeconds: 30,
}

export interface CommandRequest {
  /** Executed as is, without a shell: `['/bin/bash', '-c', 'ls']`. Looked up in PATH unless it holds a slash. */
  readonly argv: readonly string[]
  /** Default `/`. Taken literally, as `docker exec --workdir` does. */
  readonly directory?: string
  readonly limits?: Partial<CommandLimits>
  readonly signal?: AbortSignal
}

/** How a command ended. Nothing that a command does is an exception: only a broken sandbox throws. */
export interface CommandResult {
  /** Standard output and standard error in order of arrival, at most `outputBytes` long. */
  readonly output: Uint8Array
  /** 128 + signal for a command that was killed; 126 or 127 where it could not be started. */
  readonly exitCode: number
  /** Why Leap ended the command, or why it never ran. */
  readonly cut?: 'time' | 'output' | 'memory' | 'directory-missing' | 'program-missing'
  /** Wall time, milliseconds. */
  readonly milliseconds: number
  /**
   * True when the sandbox had to be replaced to stop the command (it could not be killed otherwise). Files are then as at the start; an
   * environment should say so in its observation.
   */
  readonly restarted?: boolean
}

/** One path that differs from the start of the episode. */
export interface FileChange {
  /** Absolute. */
  readonly path: string
  readonly change: 'added' | 'changed' | 'deleted'
  readonly type: 'file' | 'directory' | 'link' | 'other'
  /** MD5 of the content (a file) or of the target (a link), hex; absent for folders and for what was deleted. */
  readonly hash?: string
  /** Permission bits now. */
  readonly mode?: number
  /** True when only the permission bits differ. */
  readonly modeOnly?: boolean
}

/** A live file system with a process table of its own. One owner, one call at a time. */
export interface Sandbox {
  readonly root: RootDescription
  /** 12 hex digits, as Docker names its containers. */
  readonly hostname: string
  /** Runs one command. Background processes that it leaves live on until reset or close. Throws a LeapError `SANDBOX_LOST` if the sandbox is gone. */
  run(request: CommandRequest): Promise<CommandResult>
  /** What differs from the start, sorted by path; ignored names left out. Folders are listed beside the files in them. */
  changes(): Promise<FileChange[]>
  /** Back to the start: files, processes, everything. */
  reset(): Promise<void>
  /** Leaves nothing behind. May be called twice. */
  close(): Promise<void>
}

/** A way to isolate, opened. Closing it closes all its sandboxes. */
export interface SandboxProvider {
  readonly kind: SandboxName
  /** For the manifest: what isolates, and with which tools, for example `host-usr (bubblewrap 0.8.0, kernel 6.1, cgroup v2)`. */
  readonly description: string
  /** True where the kernel holds all processes together to `memoryBytes`; otherwise Leap looks at their sum ten times a second. */
  readonly limitsMemory: boolean
  /** Programs of the list that the root file system has; to tell a gold command that cannot work here from a wrong one. */
  available(programs: readonly string[]): Promise<string[]>
  /** Builds the snapshot if it is not there yet. `start` does it too; call this where a progress bar should show it. */
  prepare(root: RootDescription): Promise<void>
  /** A fresh file system. Throws a LeapError `SANDBOX_START_FAILED` with what the tools said. */
  start(root: RootDescription): Promise<Sandbox>
  close(): Promise<void>
}

/** What `openSandbox` (open-sandbox.ts) is given. */
export interface SandboxOptions {
  /** Default `auto`: the first of {@link SandboxName} that works here. */
  readonly kind?: SandboxName | 'auto'
  /** Folder for snapshots. They are caches: deleting it costs time and nothing else. */
  readonly cacheDirectory: string
  /** A folder with a Linux root file system (Ubuntu 22.04 with InterCode's packages for parity), which `userns` needs. */
  readonly rootfs?: string
  readonly docker?: {
    /** Default: the engine's usual socket. */
    readonly socketPath?: string
    /** Image that has InterCode's packages; built from Ubuntu 22.04 when the engine does not have it. */
    readonly image?: string
  }
  readonly limits?: Partial<SandboxLimits>
  /** Sandboxes per root that are started ahead of their use. Default 2. */
  readonly spares?: number
  /** Milliseconds since 1970; tells whether snapshots have become too old ({@link RootDescription.age}). Default: the machine's clock. */
  readonly now?: () => number
  /** Host names are drawn from it. */
  readonly seed?: number | string
  readonly signal?: AbortSignal
}
