import { describe, expect, it } from 'vitest'
import { LeapError } from '../../../contracts/error.ts'
import type { SandboxOptions, SandboxProvider } from './contract.ts'
import { openSandbox } from './open-sandbox.ts'
import type { SandboxName } from './sandbox-name.ts'

const options: SandboxOptions = { cacheDirectory: '/nowhere' }
const works = (kind: SandboxName) => async () => ({ kind }) as SandboxProvider
const fails = (message: string) => async (): Promise<SandboxProvider> => {
  throw new LeapError({ code: 'NOT_HERE', message })
}

describe('the choice of a sandbox', () => {
  it('takes the first that works', async () => {
    const registry = { docker: fails('no engine'), userns: works('userns'), 'host-usr': works('host-usr') }
    expect((await openSandbox(options, registry)).kind).toBe('userns')
    expect((await openSandbox({ ...options, kind: 'auto' }, { ...registry, docker: works('docker') })).kind).toBe(
      'docker',
    )
  })

  it('takes the one that is named, and nothing else in its place', async () => {
    const registry = { docker: fails('no engine'), userns: works('userns'), 'host-usr': works('host-usr') }
    expect((await openSandbox({ ...options, kind: 'host-usr' }, registry)).kind).toBe('host-usr')
    await expect(openSandbox({ ...options, kind: 'docker' }, registry)).rejects.toThrow('no engine')
    await expect(openSandbox({ ...options, kind: 'chroot' as never }, registry)).rejects.toMatchObject({
      code: 'SANDBOX_UNKNOWN',
      message: expect.stringContaining('auto, docker, userns, host-usr; found "chroot"'),
    })
  })

  it('refuses where nothing isolates, with the reason of each', async () => {
    const registry = { docker: fails('no engine'), userns: fails('no rootfs'), 'host-usr': fails('no namespaces') }
    const refusal = openSandbox(options, registry)
    await expect(refusal).rejects.toMatchObject({ code: 'SANDBOX_UNAVAILABLE' })
    await expect(refusal).rejects.toThrow(
      /docker: no engine[\s\S]*userns: no rootfs[\s\S]*host-usr: no namespaces[\s\S]*Install a Docker engine/,
    )
  })

  it('does not take a mistake of its own for a reason', async () => {
    const broken = async () => {
      throw new TypeError('a mistake')
    }
    await expect(
      openSandbox(options, { docker: broken, userns: works('userns'), 'host-usr': works('host-usr') }),
    ).rejects.toThrow(TypeError)
  })

  it('wants a root file system for userns', async () => {
    await expect(openSandbox({ ...options, kind: 'userns' })).rejects.toMatchObject({ code: 'SANDBOX_ROOTFS_MISSING' })
  })
})
