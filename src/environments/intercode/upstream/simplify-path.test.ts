import { expect, it } from 'vitest'
import { simplifyPath } from './simplify-path.ts'

it.each([
  ['/', 'testbed', '/testbed'],
  ['/testbed/dir1', '', '/testbed/dir1'],
  ['/testbed/dir1', '../dir2/.', '/testbed/dir2'],
  ['/testbed', '/a//b/', '/a/b'],
  ['/', '../../x', '/x'],
  ['/a', '..', '/'],
  // The text is taken as it is: this is how a session loses its working directory.
  ['/', '/a && ls', '/a && ls'],
  ['/', '$(which x)', '/$(which x)'],
  ['/', 'http://x.org', '/http:/x.org'],
])('from %j by %j to %j', (current, argument, path) => expect(simplifyPath(current, argument)).toBe(path))
