import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, existsSync, openSync, statSync } from 'node:fs'
import { chown, symlink } from 'node:fs/promises'
import { resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { LeapError } from '../../../../contracts/error.ts'
import { hashText } from '../../../../support/hash.ts'
import type { BaseSystem } from './base-system.ts'
import { buildOnce } from './build-once.ts'
import type { HostTools } from './host-tools.ts'
import type { Identity } from './identity.ts'

/**
 * A base that is a Linux root file system of its own: a folder, or an archive that is unpacked into the cache as the sandbox's user, who then owns
 * it and is shown as root inside.
 *
 * @throws LeapError `SANDBOX_ROOTFS_INVALID`
 */
export async function rootfsBase(options: {
  readonly rootfs: string
  readonly cache: string
  readonly tools: HostTools
  readonly identity: Identity
}): Promise<BaseSystem> {
  const path = resolve(options.rootfs)
  const stat = statSync(path, { throwIfNoEntry: false })
  if (stat === undefined) throw invalid(path, 'nothing there')
  const key = hashText([path, String(stat.size), String(stat.mtimeMs), String(options.identity.uid)])
  const name = `rootfs-${key}`
  const folder = `${options.cache}/${name}`
  if (!stat.isDirectory()) await buildOnce(folder, (temporary) => unpack(path, temporary, options))
  else if (!existsSync(folder)) await symlink(path, folder)
  if (!existsSync(`${folder}/bin/bash`) && !existsSync(`${folder}/usr/bin/bash`))
    throw invalid(path, 'no bin/bash in it')
  return { key, lower: [name], shown: [], hidden: [] }
}

async function unpack(
  archive: string,
  folder: string,
  { tools, identity }: { readonly tools: HostTools; readonly identity: Identity },
): Promise<void> {
  if (identity.isOther) await chown(folder, identity.uid, identity.gid)
  // Opened here, so that the sandbox's user need not be able to reach it; by a name, so that tar finds out how it is compressed.
  const opened = openSync(archive, 'r')
  try {
    const child = spawn(
      tools.tar,
      ['-x', '-p', '--no-same-owner', '--exclude=./dev/*', '--exclude=dev/*', '-f', '/proc/self/fd/3'],
      {
        cwd: folder,
        env: { PATH: '/usr/bin:/bin' },
        stdio: ['ignore', 'ignore', 'pipe', opened],
        ...(identity.isOther ? { uid: identity.uid, gid: identity.gid } : {}),
      },
    )
    const [errors, [code]] = await Promise.all([text(child.stderr!), once(child, 'exit')])
    if (code !== 0) throw invalid(archive, `tar says: ${errors.trim().slice(0, 500)}`)
  } finally {
    closeSync(opened)
  }
}

function invalid(path: string, found: string): LeapError {
  return new LeapError({
    code: 'SANDBOX_ROOTFS_INVALID',
    message: `${path}: expected a Linux root file system with bash (a folder or a tar archive), found ${found}`,
    remedy:
      'One that matches InterCode: mmdebstrap --variant=minbase --include=<packages> jammy rootfs.tar, or docker export of its image.',
  })
}
