import { expect, it } from 'vitest'
import { parseStatus } from './git-status.ts'

it('reads code and path of each line', () => {
  expect(parseStatus(' M testbed/hello.php\nM  a\n?? testbed/new/\n D b\n')).toEqual({
    entries: [
      { code: 'M', path: 'testbed/hello.php' },
      { code: 'M', path: 'a' },
      { code: '??', path: 'testbed/new/' },
      { code: 'D', path: 'b' },
    ],
    isOdd: false,
  })
  expect(parseStatus('')).toEqual({ entries: [], isOdd: false })
})

it('shifts at names with spaces, as the original does', () => {
  expect(parseStatus('?? "a b"\n M c\n')).toEqual({
    entries: [
      { code: '??', path: '"a' },
      { code: 'b"', path: 'M' },
    ],
    isOdd: true,
  })
})

it('cuts where Python cuts', () => {
  expect(parseStatus('?? a\u00a0M b\u001cD c\u0085A d\u3000\ufeffx').entries).toEqual([
    { code: '??', path: 'a' },
    { code: 'M', path: 'b' },
    { code: 'D', path: 'c' },
    { code: 'A', path: 'd' },
  ])
})
