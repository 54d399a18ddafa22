import { existsSync, lstatSync, readdirSync, readlinkSync } from 'node:fs'
import { chmod, copyFile, mkdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { hashText } from '../../../../support/hash.ts'
import type { BaseSystem } from './base-system.ts'
import { buildOnce } from './build-once.ts'
import { giveTo } from './give-to.ts'
import type { Identity } from './identity.ts'

/** Folders of programs and libraries at the root: links into /usr today, folders of their own on older systems. */
const systemFolders = ['bin', 'sbin', 'lib', 'lib32', 'lib64', 'libx32']
const emptyFolders = 'boot dev etc home media mnt opt proc root run srv sys tmp usr var'.split(' ')
const variableFolders = 'backups cache lib local lock log mail opt run spool tmp'.split(' ')
/** Places in /usr where people, rather than packages, put things. */
const privatePlaces = ['/usr/local', '/usr/src']
/** Settings without which programs of the host would not find their parts; none of them says anything about the host's users. */
const copied = ['ld.so.cache', 'ld.so.conf', 'debian_version', 'magic']

/** Standard accounts of a Debian container, so that `ls -l`, `id` and `~` have names to show. */
const accounts = [
  ['root', 0, '/root', '/bin/bash'],
  ['daemon', 1, '/usr/sbin', '/usr/sbin/nologin'],
  ['bin', 2, '/bin', '/usr/sbin/nologin'],
  ['sys', 3, '/dev', '/usr/sbin/nologin'],
  ['games', 5, '/usr/games', '/usr/sbin/nologin'],
  ['man', 6, '/var/cache/man', '/usr/sbin/nologin'],
  ['mail', 8, '/var/mail', '/usr/sbin/nologin'],
  ['www-data', 33, '/var/www', '/usr/sbin/nologin'],
  ['nobody', 65534, '/nonexistent', '/usr/sbin/nologin'],
] as const

/** Raise it when the skeleton changes. */
const layout = 1

/**
 * A base that needs nothing to be built or downloaded: a skeleton of a few files with the host's own programs shown read-only. The host's settings,
 * homes, data and locally installed things are not in it.
 *
 * @param cache folder that keeps the skeleton
 */
export async function hostUsrBase(cache: string, identity: Identity): Promise<BaseSystem> {
  const links = systemFolders.flatMap((name) => {
    const stat = lstatSync(`/${name}`, { throwIfNoEntry: false })
    if (stat === undefined) return []
    return [{ name, target: stat.isSymbolicLink() ? readlinkSync(`/${name}`).replace(/^\//, '') : undefined }]
  })
  const release = await readFile('/usr/lib/os-release', 'utf8').catch(() => '')
  const cached = await readFile('/etc/ld.so.cache').catch(() => Buffer.alloc(0))
  const alternatives = existsSync('/etc/alternatives') ? linksIn('/etc/alternatives') : []
  const key = hashText([
    String(layout),
    release,
    cached.toString('latin1'),
    JSON.stringify([links, alternatives, identity]),
  ])
  const folder = `${cache}/host-usr-${key}`
  await buildOnce(folder, async (temporary) => {
    for (const name of emptyFolders) await mkdir(`${temporary}/${name}`)
    for (const name of variableFolders) await mkdir(`${temporary}/var/${name}`)
    for (const name of ['tmp', 'var/tmp']) await chmod(`${temporary}/${name}`, 0o1777)
    await chmod(`${temporary}/root`, 0o700)
    for (const { name, target } of links)
      if (target === undefined) await mkdir(`${temporary}/${name}`)
      else await symlink(target, `${temporary}/${name}`)
    await writeSettings(`${temporary}/etc`, alternatives)
    await giveTo(identity, temporary)
  })
  const shown = ['/usr', ...links.filter(({ target }) => target === undefined).map(({ name }) => `/${name}`)]
  return { key, lower: [basename(folder)], shown, hidden: privatePlaces.filter((path) => existsSync(path)) }
}

async function writeSettings(etc: string, alternatives: readonly (readonly [string, string])[]): Promise<void> {
  const lines = (items: readonly string[]) => items.map((item) => `${item}\n`).join('')
  await writeFile(
    `${etc}/passwd`,
    lines(accounts.map(([name, id, home, shell]) => `${name}:x:${id}:${id}:${name}:${home}:${shell}`)),
  )
  await writeFile(
    `${etc}/group`,
    lines(accounts.map(([name, id]) => `${name === 'nobody' ? 'nogroup' : name}:x:${id}:`)),
  )
  await writeFile(`${etc}/nsswitch.conf`, lines(['passwd: files', 'group: files', 'hosts: files dns']))
  await writeFile(`${etc}/shells`, lines(['/bin/sh', '/bin/bash']))
  await writeFile(`${etc}/fstab`, '')
  await symlink('../usr/lib/os-release', `${etc}/os-release`)
  await symlink('../proc/self/mounts', `${etc}/mtab`)
  for (const name of copied) if (existsSync(`/etc/${name}`)) await copyFile(`/etc/${name}`, `${etc}/${name}`)
  await mkdir(`${etc}/alternatives`)
  for (const [name, target] of alternatives) await symlink(target, `${etc}/alternatives/${name}`)
}

/** Links that choose among programs, `awk` for example; those that point out of /usr are left out. */
function linksIn(folder: string): (readonly [string, string])[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isSymbolicLink())
    .map((entry) => [entry.name, readlinkSync(`${folder}/${entry.name}`)] as const)
    .filter(([, target]) => target.startsWith('/usr/') && !privatePlaces.some((path) => target.startsWith(`${path}/`)))
    .sort(([a], [b]) => (a < b ? -1 : 1))
}
