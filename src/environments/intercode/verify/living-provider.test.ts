import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { LeapError } from '../../../contracts/error.ts'
import type { RootDescription, SandboxProvider } from '../sandbox/contract.ts'
import { openSandbox } from '../sandbox/open-sandbox.ts'
import { shellOf } from '../sandbox/testing/test-sandbox.ts'
import { createLivingProvider } from './living-provider.ts'

const cacheDirectory = await mkdtemp(join(tmpdir(), 'leap-living-'))
const provider = await openSandbox({ cacheDirectory, kind: 'host-usr', seed: 1 }).catch((error: unknown) => {
  if (!LeapError.is(error)) throw error
  console.warn(`living containers are not tested: ${error.message}`)
})
const hasGit = (await provider?.available(['git']))?.length === 1
afterAll(async () => {
  await provider?.close()
  await rm(cacheDirectory, { recursive: true, force: true })
})

describe.skipIf(!hasGit)('a living container', () => {
  const living = createLivingProvider(provider as SandboxProvider)
  const root: RootDescription = {
    name: 'living',
    files: [
      { path: '/w/a.txt', type: 'file', content: 'a\n', modified: 1_600_000_000 },
      { path: '/w/b.txt', type: 'file', content: 'b\n', modified: 1_600_000_000 },
    ],
  }

  it('gets back what git knows of, and keeps the rest', async () => {
    const first = await living.start(root)
    await shellOf(first)('echo x >/w/a.txt; rm /w/b.txt; mkdir /w/empty; echo new >/w/new.txt; echo kept >/root/kept')
    await first.close()
    const second = await living.start(root)
    expect(second.hostname).toBe(first.hostname)
    expect((await shellOf(second)('cd /w; cat *; ls -d *; cat /root/kept')).text).toBe('a\nb\na.txt\nb.txt\nkept\n')
  })

  it('gives rewritten files a new time and leaves the others theirs, as git does', async () => {
    const sandbox = await living.start({ ...root, name: 'times' })
    await shellOf(sandbox)('chmod 755 /w/a.txt')
    await sandbox.reset()
    const times = (await shellOf(sandbox)("stat -c '%n %Y %a' /w/*")).text.split('\n')
    expect(times[0]).toMatch(/^\/w\/a\.txt 1[7-9]\d{8} 644$/)
    expect(times[1]).toBe('/w/b.txt 1600000000 644')
  })

  it('is replaced where git cannot bring it back', async () => {
    const sandbox = await living.start(root)
    await shellOf(sandbox)('rm -rf /.git')
    await sandbox.close()
    const next = await living.start(root)
    expect(next.hostname).not.toBe(sandbox.hostname)
    expect((await shellOf(next)('cat /w/a.txt')).text).toBe('a\n')
    await living.close()
  })
})
