import { randomBytes } from 'node:crypto'
import { link, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { z } from 'zod'
import { LeapError } from '../contracts/error.ts'
import { hashText } from '../support/hash.ts'

const holderSchema = z.object({
  pid: z.number().int().positive(),
  host: z.string(),
  /** When the process started, where the system tells (Linux): a pid alone may have been given to somebody else since. */
  processStart: z.string().optional(),
  /** ISO time, for people. */
  since: z.string(),
  /** Makes every lock's content unique. */
  nonce: z.string(),
})
export type LockHolder = z.infer<typeof holderSchema>

/** What the lock asks of the machine; replaced in tests. */
export interface LockMachine {
  pid: number
  host: string
  /** Start of a process as the system tells it, undefined if the process does not exist, '' if it exists but its start is unknown. */
  processStart(pid: number): Promise<string | undefined>
}

/** The machine we are on. */
export const thisMachine: LockMachine = {
  pid: process.pid,
  host: hostname(),
  async processStart(pid) {
    try {
      process.kill(pid, 0)
    } catch (error) {
      // EPERM: it exists and belongs to somebody else.
      if ((error as NodeJS.ErrnoException).code !== 'EPERM') return undefined
    }
    const status = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
    // The command's name may hold spaces and brackets; the fields after it are numbered from 3, the start time is field 22.
    const fields = status.slice(status.lastIndexOf(')') + 2).split(' ')
    // A zombie is dead already: it only waits for its parent to notice.
    return fields[0] === 'Z' ? undefined : (fields[19] ?? '')
  },
}

export interface Lock {
  release(): Promise<void>
}

/**
 * Takes the lock file, so that no two processes work on one run. A lock whose process is dead is taken over.
 *
 * Taking over must let exactly one in, and deleting the stale file would not do: somebody else may have replaced it a moment before.
 * So whoever wants to succeed a dead holder creates the claim file that belongs to this very lock's content, which only one can; it holds
 * the lock from then on, and moves its own content into the lock file. If a claimant dies, the next one claims the succession of the claim.
 *
 * Throws a LeapError `RUN_LOCKED` that names the holder.
 */
export async function takeLock(
  path: string,
  { now, machine = thisMachine }: { now: number; machine?: LockMachine },
): Promise<Lock> {
  await mkdir(dirname(path), { recursive: true })
  const processStart = await machine.processStart(machine.pid)
  const nonce = randomBytes(8).toString('hex')
  const content = JSON.stringify({
    pid: machine.pid,
    host: machine.host,
    ...(processStart ? { processStart } : {}),
    since: new Date(now).toISOString(),
    nonce,
  } satisfies LockHolder)
  const own = `${path}.${nonce.slice(0, 8)}.tmp`
  await writeFile(own, content)
  try {
    for (let attempt = 0; attempt < 20; attempt++) {
      const taken = (await create(own, path)) || (await succeed(path, own, machine))
      if (taken) {
        await tidy(path, machine)
        return { release: () => release(path, content) }
      }
    }
    throw locked(path, undefined)
  } finally {
    await rm(own, { force: true })
  }
}

/** Claims the succession of a dead holder. False if the lock changed hands meanwhile; throws `RUN_LOCKED` if the holder lives. */
async function succeed(path: string, own: string, machine: LockMachine): Promise<boolean> {
  const root = await readFile(path, 'utf8').catch(() => undefined)
  if (root === undefined) return false
  for (let current: string | undefined = root; current !== undefined; ) {
    const holder = parseHolder(current)
    if (holder === undefined || (await isAlive(holder, machine))) throw locked(path, holder)
    const claim: string = `${path}.${hashText([current])}.claim`
    if (await create(own, claim)) {
      // Claims are removed only after the lock file has new content: if it still is what it was, this claim was the first.
      if ((await readFile(path, 'utf8').catch(() => undefined)) !== root) {
        await rm(claim, { force: true })
        return false
      }
      await rename(own, path)
      return true
    }
    current = await readFile(claim, 'utf8').catch(() => undefined)
  }
  return false
}

/** Removes claims, which are void once the lock has new content, and what processes left that died while they tried. */
async function tidy(path: string, machine: LockMachine): Promise<void> {
  for (const name of await readdir(dirname(path))) {
    if (!name.startsWith(`${basename(path)}.`)) continue
    const file = join(dirname(path), name)
    const holder = parseHolder(await readFile(file, 'utf8').catch(() => ''))
    const dead = holder !== undefined && !(await isAlive(holder, machine))
    if (name.endsWith('.claim') || (name.endsWith('.tmp') && dead)) await rm(file, { force: true })
  }
}

/** Puts the file under another name, with its content at once, unless the name is taken. */
async function create(own: string, path: string): Promise<boolean> {
  try {
    await link(own, path)
    return true
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EEXIST') return false
    if (code !== 'EPERM' && code !== 'ENOTSUP' && code !== 'ENOSYS') throw error
  }
  // A file system without hard links. Until the content is there, readers find an unreadable lock, which counts as held.
  try {
    await writeFile(path, await readFile(own), { flag: 'wx' })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

/** The holder of a lock file and whether it still lives; undefined if there is no lock or it is unreadable. */
export async function inspectLock(
  path: string,
  machine: LockMachine = thisMachine,
): Promise<{ holder: LockHolder; alive: boolean } | undefined> {
  const holder = parseHolder(await readFile(path, 'utf8').catch(() => ''))
  return holder === undefined ? undefined : { holder, alive: await isAlive(holder, machine) }
}

/** A holder on another machine cannot be asked, so it is taken to be alive. */
async function isAlive(holder: LockHolder, machine: LockMachine): Promise<boolean> {
  if (holder.host !== machine.host) return true
  const start = await machine.processStart(holder.pid)
  if (start === undefined) return false
  return !holder.processStart || start === '' || start === holder.processStart
}

async function release(path: string, content: string): Promise<void> {
  if ((await readFile(path, 'utf8').catch(() => undefined)) === content) await rm(path, { force: true })
}

function parseHolder(text: string): LockHolder | undefined {
  try {
    return holderSchema.parse(JSON.parse(text))
  } catch {
    return undefined
  }
}

function locked(path: string, holder: LockHolder | undefined): LeapError {
  const who = holder === undefined ? 'somebody' : `process ${holder.pid} on ${holder.host} since ${holder.since}`
  return new LeapError({
    code: 'RUN_LOCKED',
    message: `Expected to be alone on this run, but ${who} holds ${path}.`,
    remedy: 'Wait for the other process or stop it. If you are sure that it no longer runs, delete the lock file.',
  })
}
