import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { extract } from 'tar-stream'
import { LeapError } from '../../../../contracts/error.ts'
import type { FileRecord, FileTable } from '../file-table.ts'
import { enterMountsOutside } from './enter.ts'
import type { HostTools } from './host-tools.ts'
import type { Identity } from './identity.ts'
import { rootFromOutside } from './launch-script.ts'
import type { Namespace } from './start-namespace.ts'

interface ListContext {
  readonly tools: HostTools
  readonly identity: Identity
  readonly namespace: Namespace
}

/** Content beyond this many bytes is not read: files may be said to be huge while they hold nothing. */
const readLimit = 256 * 2 ** 20
const patience = 30_000
const kinds: Record<string, FileRecord['type']> = { f: 'file', d: 'directory', l: 'link' }

/**
 * Every file of the episode but the ignored ones, as seen from outside and by the host's own programs, so that nothing inside can falsify it. No
 * link is followed.
 *
 * @param known content hashes of files that have not been touched since, to read only what is new
 */
export async function listFiles(
  context: ListContext,
  ignore: readonly string[],
  known?: FileTable,
): Promise<FileTable> {
  const table = await statAll(context, ignore)
  const unread: string[] = []
  let bytes = 0
  for (const [path, record] of table) {
    if (record.type !== 'file') continue
    const old = known?.get(path)
    if (old?.hash !== undefined && isUntouched(old, record)) table.set(path, { ...record, hash: old.hash })
    else if ((bytes += record.size) <= readLimit) unread.push(path)
  }
  if (unread.length > 0)
    for (const [path, hash] of await hashAll(context, unread)) table.set(path, { ...table.get(path)!, hash })
  return table
}

/** The time of the last change of status cannot be set back by a program, unlike that of the content. */
function isUntouched(old: FileRecord, now: FileRecord): boolean {
  return old.type === now.type && old.size === now.size && old.changed === now.changed && old.modified === now.modified
}

async function statAll(context: ListContext, ignore: readonly string[]): Promise<FileTable> {
  const pruned = [
    ...['proc', 'sys', 'dev', '.git'].flatMap((name) => ['-path', `${rootFromOutside}/${name}`]),
    ...ignore.flatMap((name) => ['-name', name.replace(/[\\*?[]/g, '\\$&')]),
  ]
  const tests = pruned.flatMap((word, i) => (i > 0 && i % 2 === 0 ? ['-o', word] : [word]))
  const format = String.raw`%P\0%y\0%m\0%s\0%T@\0%C@\0%l\0`
  const output = await runOutside(context, [
    ...[context.tools.find, rootFromOutside, '-mindepth', '1', '('],
    ...tests,
    ...[')', '-prune', '-o', '-printf', format],
  ])
  const fields = output.toString('latin1').split('\0')
  const table: FileTable = new Map()
  for (let i = 0; i + 6 < fields.length; i += 7) {
    const [path, kind, mode, size, modified, changed, target] = fields.slice(i, i + 7) as [string, ...string[]]
    const type = kinds[kind!] ?? 'other'
    table.set(path, {
      type,
      mode: Number.parseInt(mode!, 8),
      size: Number(size),
      modified: modified!,
      changed: changed!,
      ...(type === 'link' ? { hash: md5(Buffer.from(target!, 'latin1')) } : {}),
    })
  }
  return table
}

/** MD5 of files by path. `tar` opens its members without following links, so a path that turns into a link meanwhile gives nothing away. */
async function hashAll(context: ListContext, paths: readonly string[]): Promise<Map<string, string>> {
  const argv = [
    ...[context.tools.tar, '-C', rootFromOutside, '--format=gnu', '--no-recursion', '--hard-dereference'],
    ...['--warning=none', '--ignore-failed-read', '--null', '--verbatim-files-from', '-T', '-', '-cf', '-'],
  ]
  const hashes = new Map<string, string>()
  const archive = await runOutside(context, argv, Buffer.from(paths.map((path) => `${path}\0`).join(''), 'latin1'))
  const entries = extract({ filenameEncoding: 'latin1' } as Parameters<typeof extract>[0])
  entries.on('entry', (header, stream, next) => {
    const hash = createHash('md5')
    stream.on('data', (data) => hash.update(data as Buffer))
    stream.on('end', () => {
      if (header.type === 'file') hashes.set(header.name, hash.digest('hex'))
      next()
    })
  })
  await pipeline([archive], entries)
  return hashes
}

async function runOutside(context: ListContext, argv: readonly string[], input?: Buffer): Promise<Buffer> {
  const { tools, identity, namespace } = context
  const all = [...enterMountsOutside(tools, namespace), ...argv]
  const child = spawn(all[0]!, all.slice(1), {
    cwd: '/',
    env: { LC_ALL: 'C', PATH: '/usr/bin:/bin' },
    stdio: ['pipe', 'pipe', 'pipe'],
    timeout: patience,
    killSignal: 'SIGKILL',
    ...(identity.isOther ? { uid: identity.uid, gid: identity.gid } : {}),
  })
  child.stdin.on('error', () => {})
  child.stdin.end(input)
  const exited = new Promise<number | null>((resolve, reject) => {
    child.once('close', resolve)
    child.once('error', reject)
  })
  const [output, errors, code] = await Promise.all([buffer(child.stdout), buffer(child.stderr), exited])
  // 1: something vanished or changed while it was read, which processes in the background may cause.
  if (code === 0 || code === 1) return output
  throw new LeapError({
    code: 'SANDBOX_LOST',
    message: `the files of a sandbox could not be listed: ${code === null ? 'it took too long' : errors.toString().trim()}`,
    remedy: 'Start the episode again.',
  })
}

function md5(data: Buffer): string {
  return createHash('md5').update(data).digest('hex')
}
