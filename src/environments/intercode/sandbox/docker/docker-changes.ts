import { createHash } from 'node:crypto'
import type { Readable } from 'node:stream'
import type Docker from 'dockerode'
import { extract } from 'tar-stream'
import type { FileChange } from '../contract.ts'
import type { FileRecord, FileTable } from '../file-table.ts'
import { compareFileTables } from '../file-table.ts'
import { statusOf } from './engine.ts'

const kindModified = 0
const kindDeleted = 2
const unreal = ['/proc', '/sys', '/dev', '/.git']

/**
 * What differs between a container and its start. The engine lists what was written; whether it differs is told by comparing with a container of
 * the same image in which nothing has run.
 *
 * @param pristine called only if something that was there before was written
 */
export async function dockerChanges(
  container: Docker.Container,
  pristine: () => Promise<Docker.Container>,
  ignore: readonly string[],
): Promise<FileChange[]> {
  // The engine says `null` where nothing was written, and dockerode hands on the bytes of that.
  const answer: unknown = await container.changes()
  const listed = Array.isArray(answer) ? (answer as { Path: string; Kind: number }[]) : []
  const isIgnored = (path: string) =>
    unreal.some((place) => path === place || path.startsWith(`${place}/`)) ||
    path.split('/').some((name) => ignore.includes(name))
  const relevant = listed.filter(({ Path }) => !isIgnored(Path))
  const before: FileTable = new Map()
  const after: FileTable = new Map()
  for (const { Path, Kind } of relevant) {
    const key = Buffer.from(Path.replace(/^\//, ''), 'utf8').toString('latin1')
    if (Kind !== kindDeleted) {
      const now = await recordOf(container, Path)
      if (now !== undefined) after.set(key, now)
    }
    if (Kind === kindModified || Kind === kindDeleted) {
      const old = await recordOf(await pristine(), Path)
      if (old !== undefined) before.set(key, old)
    }
  }
  return compareFileTables(before, after)
}

/** One path of a container, read through the engine, which follows no link out of it. */
async function recordOf(container: Docker.Container, path: string): Promise<FileRecord | undefined> {
  let archive: Readable
  try {
    archive = (await container.getArchive({ path })) as unknown as Readable
  } catch (error) {
    if (statusOf(error) === 404) return undefined
    throw error
  }
  const entries = extract()
  return new Promise((resolve, reject) => {
    const finish = (record: FileRecord | undefined) => {
      archive.destroy()
      resolve(record)
    }
    entries.on('entry', (header, stream, next) => {
      const base = {
        mode: (header.mode ?? 0) & 0o7777,
        size: header.size ?? 0,
        modified: String(header.mtime?.getTime() ?? 0),
        changed: '',
      }
      if (header.type === 'directory') return finish({ ...base, type: 'directory' })
      if (header.type === 'symlink') {
        const hash = createHash('md5')
          .update(header.linkname ?? '')
          .digest('hex')
        return finish({ ...base, mode: 0o777, type: 'link', hash })
      }
      if (header.type !== 'file') return finish({ ...base, type: 'other' })
      const hash = createHash('md5')
      stream.on('data', (data) => hash.update(data as Buffer))
      stream.on('end', () => {
        finish({ ...base, type: 'file', hash: hash.digest('hex') })
        next()
      })
    })
    entries.on('finish', () => finish(undefined))
    entries.on('error', reject)
    archive.on('error', reject)
    archive.pipe(entries)
  })
}
