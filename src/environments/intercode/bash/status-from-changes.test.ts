import { describe, expect, it } from 'vitest'
import type { FileChange } from '../sandbox/contract.ts'
import { statusFromChanges } from './status-from-changes.ts'

const tracked = new Map(
  ['/testbed/a.txt', '/testbed/dir1/b.sh', '/index.html'].map((path) => [path, { executable: path.endsWith('.sh') }]),
)
const status = (...changes: (Omit<FileChange, 'type'> & { type?: FileChange['type'] })[]) =>
  statusFromChanges(
    changes.map((change) => ({ type: 'file', ...change })),
    tracked,
  )

// Expected values: git 2.34 on the same changes.
describe('statusFromChanges', () => {
  it('names modified, deleted and new files', () => {
    expect(
      status(
        { path: '/testbed/a.txt', change: 'changed' },
        { path: '/index.html', change: 'deleted' },
        { path: '/testbed/dir1/c.txt', change: 'added' },
      ),
    ).toBe(' M testbed/a.txt\n D index.html\n?? testbed/dir1/c.txt\n')
  })

  it('names a folder without a tracked file once', () => {
    expect(
      status(
        { path: '/testbed/new', change: 'added', type: 'directory' },
        { path: '/testbed/new/deep', change: 'added', type: 'directory' },
        { path: '/testbed/new/deep/x', change: 'added' },
        { path: '/testbed/new/y', change: 'added' },
        { path: '/testbed/empty', change: 'added', type: 'directory' },
      ),
    ).toBe('?? testbed/new/\n')
  })

  it('still knows a folder whose only file was deleted', () => {
    expect(
      status({ path: '/testbed/dir1/b.sh', change: 'deleted' }, { path: '/testbed/dir1/n', change: 'added' }),
    ).toBe(' D testbed/dir1/b.sh\n?? testbed/dir1/n\n')
  })

  it('sees of permissions only whether the owner may execute', () => {
    const mode = (path: string, mode: number): FileChange => ({
      path,
      change: 'changed',
      type: 'file',
      mode,
      modeOnly: true,
    })
    expect(status(mode('/testbed/a.txt', 0o600))).toBe('')
    expect(status(mode('/testbed/a.txt', 0o755))).toBe(' M testbed/a.txt\n')
    expect(status(mode('/testbed/dir1/b.sh', 0o644))).toBe(' M testbed/dir1/b.sh\n')
  })

  it('quotes names as git does', () => {
    expect(
      status(
        { path: '/testbed/a b', change: 'added' },
        { path: '/testbed/ü"\\', change: 'added' },
        { path: '/testbed/x\r', change: 'added' },
      ),
    ).toBe('?? "testbed/a b"\n?? "testbed/\\303\\274\\"\\\\"\n?? "testbed/x\\r"\n')
  })
})
