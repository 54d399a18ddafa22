import { pipeline } from 'node:stream/promises'
import { extract } from 'tar-stream'
import { expect, it } from 'vitest'
import type { RootDescription } from './contract.ts'
import { setupOf } from './setup-script.ts'

async function entriesOf(root: RootDescription) {
  const { archive } = await setupOf(root)
  const found: Record<string, unknown>[] = []
  const entries = extract()
  entries.on('entry', ({ name, type, mode, linkname, mtime }, stream, next) => {
    let text = ''
    stream.on('data', (data) => {
      text += String(data)
    })
    stream.on('end', () => {
      found.push({ name, type, mode, linkname, text, time: mtime!.getTime() / 1000 })
      next()
    })
  })
  await pipeline([Buffer.from(archive)], entries)
  return found
}

it('packs files with their permissions and times, which do not depend on the day', async () => {
  const found = await entriesOf({
    name: 'x',
    files: [
      { path: '/a/b.txt', type: 'file', content: 'text', mode: 0o600, modified: 1000 },
      { path: '/a/dir/', type: 'directory' },
      { path: '/a/link', type: 'link', target: 'b.txt' },
    ],
    script: { path: '/setup.sh', text: 'true\n' },
  })
  expect(found).toMatchObject([
    { name: 'a/b.txt', type: 'file', mode: 0o600, text: 'text', time: 1000 },
    { name: 'a/dir', type: 'directory', mode: 0o755 },
    { name: 'a/link', type: 'symlink', linkname: 'b.txt' },
    { name: 'setup.sh', mode: 0o755, text: 'true\n', time: 1_700_000_000 },
    { name: '.gitignore', text: expect.stringMatching(/^bin\nboot\n[\s\S]*\.dockerenv\n$/) },
  ])
})

it('keeps a .gitignore that is given, and writes none without git', async () => {
  const own = await entriesOf({ name: 'x', files: [{ path: '/.gitignore', type: 'file', content: 'mine\n' }] })
  expect(own).toMatchObject([{ name: '.gitignore', text: 'mine\n' }])
  expect(await entriesOf({ name: 'x', git: false })).toEqual([])
})

it('quotes what comes from outside', async () => {
  const { script } = await setupOf({ name: 'x', git: false, script: { path: "/it's; rm", text: '' } })
  expect(script).toBe("cd /\n'/it'\\''s; rm' </dev/null || :\ncd /")
  const named = await setupOf({ name: 'x', ignore: ["a'b", 'c*'] })
  expect(named.script).toContain("-name 'a'\\''b'")
  expect(named.script).toContain("-name 'c\\*'")
})
