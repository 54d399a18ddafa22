import { describe, expect, it } from 'vitest'
import { compareFileTables, type FileRecord, type FileTable } from './file-table.ts'

const file = (hash: string | undefined, mode = 0o644): FileRecord => ({
  ...{ type: 'file', mode, size: 1, modified: '1', changed: '1' },
  ...(hash === undefined ? {} : { hash }),
})
const folder: FileRecord = { type: 'directory', mode: 0o755, size: 4096, modified: '1', changed: '1' }
const table = (entries: Record<string, FileRecord>): FileTable => new Map(Object.entries(entries))

describe('the comparison of two listings', () => {
  it('finds what was added, changed, deleted, sorted by path', () => {
    const before = table({ b: file('1'), c: file('2'), d: folder, e: file('3') })
    const after = table({ a: folder, b: file('1'), c: file('4'), e: folder })
    expect(compareFileTables(before, after)).toEqual([
      { path: '/a', change: 'added', type: 'directory', mode: 0o755 },
      { path: '/c', change: 'changed', type: 'file', mode: 0o644, hash: '4' },
      { path: '/d', change: 'deleted', type: 'directory' },
      { path: '/e', change: 'changed', type: 'directory', mode: 0o755 },
    ])
  })

  it('marks what differs in permissions only', () => {
    expect(compareFileTables(table({ a: file('1') }), table({ a: file('1', 0o755) }))).toEqual([
      { path: '/a', change: 'changed', type: 'file', mode: 0o755, hash: '1', modeOnly: true },
    ])
  })

  it('takes a file whose content was not read for changed', () => {
    expect(compareFileTables(table({ a: file('1') }), table({ a: file(undefined) }))).toMatchObject([
      { change: 'changed' },
    ])
    expect(compareFileTables(table({ a: file(undefined) }), table({ a: file(undefined) }))).toHaveLength(1)
  })

  it('reads paths as UTF-8, one character per byte before', () => {
    const path = Buffer.from('é').toString('latin1')
    expect(compareFileTables(table({}), table({ [path]: folder }))).toMatchObject([{ path: '/é' }])
  })
})
