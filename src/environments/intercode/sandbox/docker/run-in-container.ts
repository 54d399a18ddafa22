import type { Duplex } from 'node:stream'
import type { CommandLimits, CommandResult } from '../contract.ts'
import type { Container } from './container.ts'
import { createDemultiplexer } from './demultiplex.ts'

export interface DockerRunRequest {
  readonly argv: readonly string[]
  readonly directory: string
  readonly environment: Readonly<Record<string, string>>
  readonly limits: CommandLimits
  readonly signal?: AbortSignal
}

/** As {@link CommandResult}; `isLost` says that the command could not be ended, so that the container has to go. */
export type DockerRunResult = Omit<CommandResult, 'restarted'> & { readonly isLost: boolean }

/** How long the engine may take to say that a killed command has ended, milliseconds. */
const patience = 5000

/**
 * Runs one command with `exec`. Docker cannot end one, so what has to be ended is killed from inside, with all else that runs there but the first
 * process.
 */
export async function runInContainer(place: Container, request: DockerRunRequest): Promise<DockerRunResult> {
  request.signal?.throwIfAborted()
  const started = performance.now()
  const exec = await place.container.exec({
    Cmd: [...request.argv],
    WorkingDir: request.directory,
    Env: Object.entries(request.environment).map(([name, value]) => `${name}=${value}`),
    AttachStdout: true,
    AttachStderr: true,
    AttachStdin: false,
    Tty: false,
  })
  const stream = (await exec.start({ hijack: true, stdin: false })) as unknown as Duplex
  const chunks: Buffer[] = []
  let length = 0
  let cut: CommandResult['cut']
  let onStop: (() => void) | undefined
  const stopped = new Promise<'stopped'>((resolve) => {
    onStop = () => resolve('stopped')
  })
  const stop = (why: CommandResult['cut']) => {
    cut ??= why
    onStop?.()
  }
  const split = createDemultiplexer((data) => {
    const room = request.limits.outputBytes - length
    if (room > 0) chunks.push(Buffer.from(data.subarray(0, room)))
    length += Math.min(data.length, Math.max(room, 0))
    if (data.length > room) stop('output')
  })
  stream.on('data', split)
  const ended = new Promise<'ended'>((resolve) => {
    for (const event of ['end', 'close', 'error']) stream.once(event, () => resolve('ended'))
  })
  const timer = setTimeout(() => stop('time'), request.limits.milliseconds)
  const onAbort = () => stop(undefined)
  request.signal?.addEventListener('abort', onAbort, { once: true })
  if (request.signal?.aborted) onAbort()
  try {
    const first = await Promise.race([ended, stopped])
    let isLost = false
    if (first === 'stopped') isLost = !(await killAll(place, ended))
    request.signal?.throwIfAborted()
    const exitCode = first === 'stopped' ? 137 : ((await exec.inspect()).ExitCode ?? 137)
    const output = Buffer.concat(chunks)
    const milliseconds = performance.now() - started
    if (first === 'ended') cut = await explain(place, output, exitCode)
    return { output, exitCode, milliseconds, isLost, ...(cut === undefined ? {} : { cut }) }
  } finally {
    clearTimeout(timer)
    request.signal?.removeEventListener('abort', onAbort)
    stream.destroy()
  }
}

async function killAll(place: Container, ended: Promise<'ended'>): Promise<boolean> {
  try {
    const exec = await place.container.exec({ Cmd: ['bash', '-c', 'kill -9 -1'] })
    await exec.start({ Detach: true })
  } catch {
    return false
  }
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), patience)
  })
  const first = await Promise.race([ended, late])
  clearTimeout(timer)
  return first === 'ended'
}

async function explain(place: Container, output: Buffer, exitCode: number): Promise<CommandResult['cut']> {
  const text = output.subarray(0, 4096).toString()
  if ((exitCode === 126 || exitCode === 127) && text.startsWith('OCI runtime exec failed'))
    return /chdir to cwd/.test(text) ? 'directory-missing' : 'program-missing'
  if (exitCode !== 137) return undefined
  const { State } = await place.container.inspect()
  return State.OOMKilled ? 'memory' : undefined
}
