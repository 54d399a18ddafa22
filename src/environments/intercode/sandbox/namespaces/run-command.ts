import { spawn } from 'node:child_process'
import { closeSync, readSync } from 'node:fs'
import { Socket } from 'node:net'
import { constants } from 'node:os'
import type { CommandLimits, CommandResult, SandboxLimits } from '../contract.ts'
import { folderMissingMessage, programMissingMessage } from '../oci-messages.ts'
import { enterInside } from './enter.ts'
import type { HostTools } from './host-tools.ts'
import type { Identity } from './identity.ts'
import type { MemoryGuard } from './memory-guard.ts'
import type { OutputPipes } from './output-pipes.ts'
import { processesInside } from './process-table.ts'
import type { Namespace } from './start-namespace.ts'
import { stopProcesses } from './stop-processes.ts'

export interface RunContext {
  readonly tools: HostTools
  readonly identity: Identity
  readonly namespace: Namespace
  readonly pipes: OutputPipes
  readonly limits: SandboxLimits
  readonly guard: MemoryGuard
  /** Control group files that a command writes itself into. */
  readonly groups: readonly string[]
  /** What a command sees as its environment. */
  readonly environment: Readonly<Record<string, string>>
}

export interface RunRequest {
  readonly argv: readonly string[]
  readonly directory: string
  readonly limits: CommandLimits
  readonly input?: Uint8Array
  readonly signal?: AbortSignal
}

/** As {@link CommandResult}; `isLost` says that something could not be killed, so that the namespace has to go. */
export type RunResult = Omit<CommandResult, 'restarted'> & { readonly isLost: boolean }

/** How long Docker's `exec` waits for those that still hold the output of a command that has ended, milliseconds. */
const outputPatience = 2000

/**
 * Runs one command inside and waits until its first process ends, and a little longer for those that still hold its output. Limits are set before the
 * namespaces are entered, by the host's own programs. What it leaves in the background goes on; if Leap ends the command, all that it started is killed, and what ran before it goes on.
 */
export async function runCommand(context: RunContext, request: RunRequest): Promise<RunResult> {
  const { namespace, guard, identity } = context
  request.signal?.throwIfAborted()
  const before = new Set(await processesInside(namespace.pids.init))
  const pipe = await context.pipes.take()
  const started = performance.now()
  const argv = commandLine(context, request)
  const child = spawn(argv[0]!, argv.slice(1), {
    cwd: '/',
    env: context.environment,
    detached: true,
    stdio: [request.input === undefined ? 'ignore' : 'pipe', pipe.write, pipe.write],
    ...(identity.isOther ? { uid: identity.uid, gid: identity.gid } : {}),
  })
  closeSync(pipe.write)
  child.stdin?.on('error', () => {})
  child.stdin?.end(request.input)

  const chunks: Buffer[] = []
  let length = 0
  let cut: CommandResult['cut']
  let abort: ((why: CommandResult['cut']) => void) | undefined
  const stopped = new Promise<void>((resolve) => {
    abort = (why) => {
      cut ??= why
      resolve()
    }
  })
  const keep = (data: Buffer) => {
    const room = request.limits.outputBytes - length
    if (room > 0) chunks.push(Buffer.from(data.subarray(0, room)))
    length += Math.min(data.length, Math.max(room, 0))
    if (data.length > room) abort?.('output')
  }
  const socket = new Socket({ fd: pipe.read, readable: true, writable: false })
  socket.on('error', () => {})
  socket.on('data', keep)
  const closed = new Promise<void>((resolve) => socket.once('close', resolve))

  const ended = new Promise<number>((resolve, reject) => {
    child.once('exit', (code, signal) => resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal])))
    child.once('error', reject)
  })
  ended.catch(() => {})
  const timer = setTimeout(() => abort?.('time'), request.limits.milliseconds)
  const release = guard.watch(() => abort?.('memory'))
  const onAbort = () => abort?.(undefined)
  request.signal?.addEventListener('abort', onAbort, { once: true })
  if (request.signal?.aborted) onAbort()
  try {
    const first = await Promise.race([ended, stopped])
    if (first !== undefined) await within(outputPatience, Promise.race([closed, stopped]))
    // It may also be what goes on in the background that runs out of time or has too much to say.
    const isStopped = first === undefined || cut !== undefined
    const isLost = isStopped && !(await stopProcesses(context, child.pid!, before))
    const exitCode = isStopped ? (isLost || first !== undefined ? 137 : await ended) : first
    // A socket at its end has closed the descriptor, whose number may be another file's by now.
    if (!isStopped && !socket.destroyed) drain(pipe.read, keep)
    request.signal?.throwIfAborted()
    if (cut === undefined && exitCode !== 0 && guard.hasKilled()) cut = 'memory'
    const output = Buffer.concat(chunks)
    return {
      ...explain(request, { output, exitCode, cut }),
      milliseconds: performance.now() - started,
      isLost: isLost || namespace.isGone(),
    }
  } finally {
    clearTimeout(timer)
    release()
    request.signal?.removeEventListener('abort', onAbort)
    socket.destroy()
  }
}

function commandLine(context: RunContext, request: RunRequest): string[] {
  const { tools, namespace, limits, groups } = context
  const join = groups.map((file) => `echo 0 >'${file}' || exit 125`)
  return [
    ...(groups.length === 0 ? [] : [tools.sh, '-c', [...join, 'exec "$@"'].join('\n'), 'sh']),
    tools.prlimit,
    `--nproc=${limits.processes}`,
    `--as=${limits.memoryBytes}`,
    `--fsize=${limits.diskBytes}`,
    `--nofile=${limits.openFiles}`,
    `--cpu=${limits.processorSeconds}`,
    '--core=0',
    '--memlock=65536',
    ...enterInside(tools, namespace, request.directory),
    ...request.argv,
  ]
}

/** Waits for what may come, but not for ever. */
async function within(milliseconds: number, what: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds)
  })
  await Promise.race([what, late])
  clearTimeout(timer)
}

/** Takes what lies in the pipe when nobody waits any longer. What background processes write later is theirs, as with `docker exec`. */
function drain(read: number, keep: (data: Buffer) => void): void {
  const buffer = Buffer.alloc(65_536)
  try {
    for (let i = 0; i < 64; i++) {
      const count = readSync(read, buffer)
      if (count === 0) return
      keep(buffer.subarray(0, count))
    }
  } catch (error) {
    if (!['EAGAIN', 'EBADF'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error
  }
}

/** Says in Docker's words what `nsenter` or `env` say in theirs when a command cannot start. */
function explain(
  { argv, directory }: RunRequest,
  result: { output: Buffer; exitCode: number; cut: CommandResult['cut'] },
): Pick<CommandResult, 'output' | 'exitCode' | 'cut'> {
  const { output, exitCode, cut } = result
  if (cut !== undefined) return { output, exitCode, cut }
  const text = output.length < 8192 ? output.toString('latin1') : ''
  const isFolder =
    (exitCode === 1 && /^nsenter: cannot (open|change) [^\n]*directory/.test(text)) ||
    (exitCode === 125 && /^env: cannot change directory to /.test(text))
  if (isFolder) return { output: Buffer.from(folderMissingMessage(directory)), exitCode: 126, cut: 'directory-missing' }
  const isProgram = (exitCode === 127 || exitCode === 126) && /^(nsenter: failed to execute |env: )/.test(text)
  if (isProgram) return { output: Buffer.from(programMissingMessage(argv[0]!)), exitCode, cut: 'program-missing' }
  return { output, exitCode }
}
