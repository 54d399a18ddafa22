import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Environment } from '../../models/keys/read-environment.ts'

export interface ProcessGroupOptions {
  command: readonly [string, ...string[]]
  cwd?: string
  env: Environment
  /** Told every line of the standard output. */
  onLine?: (line: string) => void
  /** Told every line of the standard error. */
  onErrorLine?: (line: string) => void
  /** Milliseconds between asking the group to end and killing it. Default 20,000. */
  grace?: number
}

/** A command with all processes that it starts. */
export interface ProcessGroup {
  readonly pid: number
  /** Exit code of the command, once it and its output are over; 127 if it could not be found, 128 and the signal's number if a signal ended it. */
  readonly ended: Promise<number>
  /** Asks the whole group to end, and kills what has not ended after the time of grace. Resolves when it is over. */
  stop(): Promise<void>
}

/**
 * Starts a command in a process group of its own, under a supervisor that ends the group when this process is gone, however it went.
 * Ctrl-C does not reach the group by itself: who started it decides.
 */
export function startProcessGroup(options: ProcessGroupOptions): ProcessGroup {
  const { command, cwd, env, onLine = () => {}, onErrorLine = () => {}, grace = 20_000 } = options
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js'
  const supervisor = fileURLToPath(new URL(`./supervisor.${extension}`, import.meta.url))
  const child = spawn(process.execPath, [supervisor, ...command], {
    ...(cwd === undefined ? {} : { cwd }),
    env: { ...env, LEAP_GRACE: String(grace), NODE_NO_WARNINGS: '1' },
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
    windowsHide: true,
  })
  child.stdin.on('error', () => {})
  createInterface({ input: child.stdout }).on('line', onLine)
  createInterface({ input: child.stderr }).on('line', onErrorLine)
  const ended = new Promise<number>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve(code ?? 137))
  })
  // What the command has left behind would keep the output open, and the GPU.
  child.on('exit', () => signalGroup(child, 'SIGKILL'))
  // A failure to start is told to whoever waits for the end, not to the process at large.
  ended.catch(() => {})
  return {
    pid: child.pid ?? -1,
    ended,
    async stop() {
      if (child.exitCode === null && child.signalCode === null) signalGroup(child, 'SIGTERM')
      const timer = setTimeout(() => signalGroup(child, 'SIGKILL'), grace)
      await ended.catch(() => {})
      clearTimeout(timer)
    },
  }
}

function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) return
  try {
    if (process.platform === 'win32') spawn('taskkill', ['/pid', String(pid), '/T', '/F'])
    else process.kill(-pid, signal)
  } catch (error) {
    // ESRCH: nobody is left, which is what was wanted.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
