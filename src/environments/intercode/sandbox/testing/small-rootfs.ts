import { execFileSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs'
import { basename, dirname } from 'node:path'

const programs =
  'bash sh cat chmod cp cut df echo env find grep head hostname id ln ls mkdir mknod mount mv rm rmdir seq sleep sort tail tar touch tr umount unshare wc chroot dd chown setsid readlink mkfifo'.split(
    ' ',
  )

/** A root file system of a few megabytes, put together from programs of this machine with the libraries that they name. */
export function makeSmallRootfs(folder: string): string {
  for (const name of [
    'usr/bin',
    'usr/sbin',
    'usr/lib',
    'usr/lib64',
    'dev',
    'proc',
    'sys',
    'tmp',
    'root',
    'media',
    'etc',
  ])
    mkdirSync(`${folder}/${name}`, { recursive: true })
  for (const name of ['bin', 'sbin', 'lib', 'lib64']) symlinkSync(`usr/${name}`, `${folder}/${name}`)
  const sources = programs
    .map((name) => ['/usr/bin', '/bin', '/usr/sbin', '/sbin'].map((place) => `${place}/${name}`).find(existsSync))
    .filter((source) => source !== undefined)
  for (const source of sources) copyFileSync(realpathSync(source), `${folder}/usr/bin/${basename(source)}`)
  const said = execFileSync('ldd', sources, { encoding: 'utf8' })
  const libraries = new Set([...said.matchAll(/^\s+(?:\S+ => )?(\/\S+) \(/gm)].map(([, library]) => library!))
  for (const library of libraries) {
    mkdirSync(dirname(`${folder}${library}`), { recursive: true })
    copyFileSync(realpathSync(library), `${folder}${library}`)
  }
  writeFileSync(`${folder}/etc/passwd`, 'root:x:0:0:root:/root:/bin/bash\n')
  return folder
}
