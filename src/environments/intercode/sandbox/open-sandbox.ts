import { LeapError } from '../../../contracts/error.ts'
import type { SandboxOptions, SandboxProvider } from './contract.ts'
import { openDockerProvider } from './docker/docker-provider.ts'
import { hostUsrBase } from './namespaces/host-usr.ts'
import { openNamespaceProvider } from './namespaces/namespace-provider.ts'
import { rootfsBase } from './namespaces/rootfs.ts'
import { type SandboxName, sandboxNames } from './sandbox-name.ts'

type Open = (options: SandboxOptions) => Promise<SandboxProvider>

/** The registry: a way to isolate is a line here and a name in `sandboxNames`. */
const providers: Record<SandboxName, Open> = {
  docker: (options) => openDockerProvider(options),
  userns: (options) => {
    const { rootfs } = options
    if (rootfs === undefined)
      throw new LeapError({
        code: 'SANDBOX_ROOTFS_MISSING',
        message: 'userns expected a root file system to run in, found none',
        remedy: 'Give one (a folder or a tar archive), or use host-usr, which shows the programs of this machine.',
      })
    return openNamespaceProvider({
      ...options,
      name: 'userns',
      base: (place) => rootfsBase({ ...place, rootfs }),
    })
  },
  'host-usr': (options) =>
    openNamespaceProvider({
      ...options,
      name: 'host-usr',
      base: ({ cache, identity }) => hostUsrBase(cache, identity),
    }),
}

/**
 * Opens the way to isolate that was asked for, or the best that works here. There is no way that does not isolate.
 *
 * @throws LeapError `SANDBOX_UNKNOWN`; `SANDBOX_UNAVAILABLE` with the reason of each that was tried; what the named one throws
 */
export async function openSandbox(
  options: SandboxOptions,
  registry: Record<SandboxName, Open> = providers,
): Promise<SandboxProvider> {
  const kind = options.kind ?? 'auto'
  if (kind !== 'auto') {
    const open = Object.hasOwn(registry, kind) ? registry[kind] : undefined
    if (open !== undefined) return open(options)
    throw new LeapError({
      code: 'SANDBOX_UNKNOWN',
      message: `expected a sandbox of the kind auto, ${sandboxNames.join(', ')}; found "${kind}"`,
    })
  }
  const reasons: string[] = []
  for (const name of sandboxNames) {
    options.signal?.throwIfAborted()
    try {
      return await registry[name](options)
    } catch (error) {
      if (!LeapError.is(error)) throw error
      reasons.push(`  ${name}: ${error.message.replaceAll('\n', '\n    ')}`)
    }
  }
  throw new LeapError({
    code: 'SANDBOX_UNAVAILABLE',
    message: `nothing on this machine can isolate the commands of an agent, and without isolation they are not run:\n${reasons.join('\n')}`,
    remedy:
      'Install a Docker engine, or allow unprivileged user namespaces (Debian and Ubuntu: install bubblewrap; in a container: run it with user namespaces allowed).',
  })
}
