import { randomBytes } from 'node:crypto'
import { chmod, readdir, rm } from 'node:fs/promises'

const pattern = /\.(\d+)-[0-9a-f]{8}\.tmp$/

/** For a shell: what this process uses. */
export const temporaryPattern = `*.${process.pid}-????????.tmp`

/** A name beside `path` that says which process uses it. */
export function temporaryName(path: string): string {
  return `${path}.${process.pid}-${randomBytes(4).toString('hex')}.tmp`
}

/** Removes what processes that are gone have left in a folder under such names. */
export async function removeAbandoned(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const pid = Number(pattern.exec(name)?.[1] ?? Number.NaN)
    if (Number.isNaN(pid) || isAlive(pid)) continue
    // Overlay file systems keep a folder without permissions, which its owner could not remove otherwise.
    await chmod(`${folder}/${name}/work/work`, 0o700).catch(() => {})
    await rm(`${folder}/${name}`, { recursive: true, force: true })
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
