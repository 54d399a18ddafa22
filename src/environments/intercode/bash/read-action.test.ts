import { describe, expect, it } from 'vitest'
import { readAction } from './read-action.ts'

const run = (...rest: string[]) => ({ kind: 'run', argv: ['/bin/bash', '-c', ...rest], cwd: '/work' })

describe('readAction', () => {
  it.each([
    ['skip', { kind: 'skip' }],
    ['skip it', run('skip it')],
    ['submit', { kind: 'submit' }],
    ['submitted?', { kind: 'submit' }],
    [' submit', run('submit')],
    ['  ls -l  ', run('ls -l')],
    ['', run('')],
    ['echo "a b"', run('echo a', 'b')],
    ["echo 'a b'", run("echo 'a b'")],
    ['find . -name "*.php"', run('find . -name *.php')],
    [String.raw`echo \"a b\"`, run('echo "a b"')],
    ['echo "', { kind: 'malformed' }],
    ['cd', { kind: 'bare-cd' }],
    ['cdrom', { kind: 'bare-cd' }],
    ['cd "', { kind: 'malformed' }],
    ['ls \0', { kind: 'malformed' }],
    ['cd /a\0b', { kind: 'malformed' }],
  ])('%j', (action, expected) => expect(readAction(action, '/work')).toEqual(expected))

  it('refuses a word that is too long for any program', () => {
    expect(readAction(`echo ${'é'.repeat(70_000)}`, '/')).toEqual({ kind: 'malformed' })
    expect(readAction(`echo ${'a'.repeat(70_000)}`, '/').kind).toBe('run')
  })

  it('takes the rest of a cd line for the new directory, by text alone, and runs it at the root', () => {
    expect(readAction('cd ../a//b', '/work')).toEqual({
      kind: 'run',
      argv: ['/bin/bash', '-c', 'cd /a/b'],
      cwd: '/',
      becomes: '/a/b',
    })
    expect(readAction('cd /a && ls', '/')).toMatchObject({ becomes: '/a && ls' })
    // The first `cd ` of the line counts, wherever it stands.
    expect(readAction('cdx; cd /b', '/')).toMatchObject({ becomes: '/b' })
  })
})
