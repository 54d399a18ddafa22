import { execFileSync } from 'node:child_process'
import type { SandboxLimits, SandboxProvider } from '../contract.ts'
import { hostUsrBase } from '../namespaces/host-usr.ts'
import { openNamespaceProvider } from '../namespaces/namespace-provider.ts'
import { rootfsBase } from '../namespaces/rootfs.ts'
import { makeSmallRootfs } from './small-rootfs.ts'

/** One combination of base and tools that tests go through. */
export interface Way {
  readonly name: string
  open(cache: string, limits: SandboxLimits): Promise<SandboxProvider>
}

/** Both bases, both ways to mount, with and without control groups. */
export const ways: readonly Way[] = [
  {
    name: 'host-usr with bubblewrap',
    open: (cache, limits) => hostUsr(cache, limits, { withoutBubblewrap: false, withoutGroups: false }),
  },
  {
    name: 'host-usr with util-linux, no control groups',
    open: (cache, limits) => hostUsr(cache, limits, { withoutBubblewrap: true, withoutGroups: true }),
  },
  {
    name: 'userns on a root file system',
    open: (cache, limits) => {
      const rootfs = makeSmallRootfs(`${cache}/source`)
      return openNamespaceProvider({
        ...{ cacheDirectory: cache, limits, spares: 1, name: 'userns' },
        base: (place) => rootfsBase({ ...place, rootfs: packed(rootfs) }),
      })
    },
  },
]

function hostUsr(
  cache: string,
  limits: SandboxLimits,
  options: { withoutBubblewrap: boolean; withoutGroups: boolean },
): Promise<SandboxProvider> {
  return openNamespaceProvider({
    ...{ cacheDirectory: cache, limits, spares: 1, name: 'host-usr', ...options },
    base: (place) => hostUsrBase(place.cache, place.identity),
  })
}

/** As an archive, since only then do its files belong to the sandbox's user. */
function packed(folder: string): string {
  const archive = `${folder}.tar`
  execFileSync('tar', ['-C', folder, '-cf', archive, '.'])
  return archive
}
