import { expect, it } from 'vitest'
import { hiddenPaths } from './hidden-paths.ts'

it.each<[string, string, string[]]>([
  ['cat /a/b.txt', 'show b.txt', ['/a/b.txt']],
  ['cat /a/b.txt', 'show /a/b.txt', []],
  ['cp /a/b.txt /c/ > /dev/null', 'copy /a/b.txt', ['/c']],
  ["sed 's/x/y/g' /a/f", 'x', ['/a/f']],
  ['awk -F/ x', 'y', []],
  ['find . -name x', 'y', []],
])('%j for %j', (command, text, paths) => expect(hiddenPaths(command, text)).toEqual(paths))
