import { compareText } from '../../../support/compare-text.ts'
import type { FileChange } from './contract.ts'

/** What is known of one file. */
export interface FileRecord {
  readonly type: FileChange['type']
  readonly mode: number
  /** Bytes, as the file system says. */
  readonly size: number
  /** Times of the last change of content and of status, as text: their fractions do not fit a double. */
  readonly modified: string
  readonly changed: string
  /** MD5 of the content or of a link's target, hex; absent where it was not read. */
  readonly hash?: string
}

/** By path without the leading slash, one character per byte, since paths need not be UTF-8. */
export type FileTable = Map<string, FileRecord>

/** What turned one table into the other, sorted by path. Folders count by their existence and permissions only. */
export function compareFileTables(before: FileTable, after: FileTable): FileChange[] {
  const changes: FileChange[] = []
  for (const [path, now] of after) {
    const old = before.get(path)
    const isContent = old !== undefined && !isSameContent(old, now)
    if (old !== undefined && !isContent && old.mode === now.mode) continue
    changes.push({
      path: absolute(path),
      change: old === undefined ? 'added' : 'changed',
      type: now.type,
      mode: now.mode,
      ...(now.hash === undefined ? {} : { hash: now.hash }),
      ...(old !== undefined && !isContent ? { modeOnly: true } : {}),
    })
  }
  for (const [path, { type }] of before)
    if (!after.has(path)) changes.push({ path: absolute(path), change: 'deleted', type })
  return changes.sort((a, b) => compareText(a.path, b.path))
}

function isSameContent(old: FileRecord, now: FileRecord): boolean {
  if (old.type !== now.type) return false
  if (now.type === 'directory' || now.type === 'other') return true
  return old.hash !== undefined && old.hash === now.hash
}

function absolute(path: string): string {
  return `/${Buffer.from(path, 'latin1').toString('utf8')}`
}
