import { spawn } from 'node:child_process'
import { readlinkSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import type { Readable, Writable } from 'node:stream'
import { LeapError } from '../../../../contracts/error.ts'
import type { Identity } from './identity.ts'
import { type Launch, launchScript } from './launch-script.ts'

/** A running set of namespaces with a first process that does nothing but wait for Leap to end. */
export interface Namespace {
  /** Host process ids. `main` sees the outer user namespace, `holder` the inner one and the mounts from outside, `init` is the first process inside. */
  readonly pids: { readonly main: number; readonly holder: number; readonly init: number }
  readonly isGone: () => boolean
  /** Resolves when all processes inside have ended. May be called twice. */
  stop(): Promise<void>
}

/** What the launching tools find in their environment: nothing of Leap's own. */
const environment = { PATH: '/usr/bin:/bin:/usr/sbin:/sbin', LC_ALL: 'C' }

/** Wall time that the start may take on a machine that is busy, milliseconds. */
const patience = 30_000

export interface StartOptions extends Launch {
  readonly identity: Identity
  /** Control group files that the launching process writes itself into. */
  readonly groups: readonly string[]
}

/**
 * Starts a sandbox's namespaces. It ends with Leap, however Leap ends: the first process reads a pipe that only Leap can write to.
 *
 * @throws LeapError `SANDBOX_START_FAILED` with what the tools said
 */
export async function startNamespace(options: StartOptions): Promise<Namespace> {
  const { tools, identity } = options
  const child = spawn(
    tools.sh,
    // The launching shell joins the control groups before anything is made, so that nothing escapes them.
    [
      '-c',
      [
        ...options.groups.map((file) => `echo 0 >'${file}' || exit 1`),
        `exec ${tools.unshare} --user --map-root-user --mount --ipc --propagation private ${tools.sh} -c "$0"`,
      ].join('\n'),
      launchScript(options),
    ],
    {
      // A working folder is entered before the user changes, and stays reachable however deep in somebody's home it lies.
      cwd: options.cache,
      env: environment,
      // Without a terminal of its own there is none to write escape codes or faked input to.
      detached: true,
      stdio: ['pipe', 'pipe', 'pipe', 'pipe', 'pipe'],
      ...(identity.isOther ? { uid: identity.uid, gid: identity.gid } : {}),
    },
  )
  const [input, output, errors, hold, holderInfo] = child.stdio as unknown as [
    Writable,
    Readable,
    Readable,
    Writable,
    Readable,
  ]
  for (const stream of [input, hold]) stream.on('error', () => {})
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => resolve())
    child.once('error', () => resolve())
  })
  let said = ''
  errors.on('data', (data: Buffer) => {
    if (said.length < 4000) said += data.toString()
  })
  const fail = (cause?: unknown) => {
    hold.end()
    input.end()
    killGroup(child.pid)
    return new LeapError({
      code: 'SANDBOX_START_FAILED',
      message: `the sandbox did not start (${tools.versions}): ${said.trim() || 'the tools said nothing'}`,
      remedy:
        'Check that user namespaces and overlay mounts are allowed here: unshare --user --map-root-user --mount true',
      cause,
    })
  }
  let timer: NodeJS.Timeout | undefined
  const ended = Promise.race([
    exited.then(() => Promise.reject(new Error('it ended'))),
    new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`it took longer than ${patience / 1000} s`)), patience)
    }),
  ])
  input.write('echo ready\n')
  try {
    const ready = firstLine(output, /^ready\n/m)
    const holderLine = firstLine(holderInfo, /^(\d+)\n/m)
    const [, holder] = await Promise.race([Promise.all([ready, holderLine]), ended])
    const main = child.pid!
    const init = await onlyChild(main, Number(holder[1]))
    for (const stream of [output, errors, holderInfo]) stream.destroy()
    const processTable = readlinkSync(`/proc/${init}/ns/pid`)
    let isGone = false
    void exited.then(() => {
      isGone = true
    })
    return {
      pids: { main, holder: Number(holder[1]), init },
      isGone: () => isGone,
      async stop() {
        // A number may belong to another process by now, but not with this process table.
        if (!isGone && tableOf(init) === processTable) kill(init)
        hold.destroy()
        input.destroy()
        const late = setTimeout(() => killGroup(child.pid), 2000)
        await exited
        clearTimeout(late)
      },
    }
  } catch (error) {
    await Promise.race([exited, new Promise((resolve) => setTimeout(resolve, 200))])
    throw fail(error)
  } finally {
    clearTimeout(timer)
    ended.catch(() => {})
  }
}

function tableOf(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/ns/pid`)
  } catch {
    return undefined
  }
}

/** Kills everything that a launch has started outside of its own process table; killing only the first would orphan what waits for it. */
function killGroup(leader: number | undefined): void {
  if (leader !== undefined) kill(-leader)
}

/** Kills a process, or by a negative number a group; one that has ended already is as good. */
function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

/** Resolves with the first match in what the stream delivers; stays open if the stream ends without one. */
function firstLine(stream: Readable, pattern: RegExp): Promise<RegExpExecArray> {
  let text = ''
  return new Promise((resolve) => {
    stream.on('error', () => {})
    stream.on('data', (data: Buffer) => {
      text += data.toString()
      const match = pattern.exec(text)
      if (match) resolve(match)
    })
  })
}

async function onlyChild(main: number, holder: number): Promise<number> {
  const children = (await readFile(`/proc/${main}/task/${main}/children`, 'utf8')).trim().split(/\s+/).map(Number)
  const init = children.find((pid) => pid !== holder)
  if (init === undefined) throw new Error('its first process is gone')
  return init
}
