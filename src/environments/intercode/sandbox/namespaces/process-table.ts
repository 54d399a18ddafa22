import { readdir, readFile } from 'node:fs/promises'

/** Process ids as the sandbox sees them, without its first process and without those that have ended and only wait to be fetched. */
export async function processesInside(init: number): Promise<number[]> {
  const folder = `/proc/${init}/root/proc`
  const names = await readdir(folder).catch(() => [])
  const pids = names.filter((name) => /^\d+$/.test(name) && name !== '1').map(Number)
  const alive = await Promise.all(
    pids.map(async (pid) => {
      const stat = await readFile(`${folder}/${pid}/stat`, 'latin1').catch(() => '')
      // The name in parentheses may hold anything, so the state is what follows the last one.
      return stat !== '' && !/^[ZX]/.test(stat.slice(stat.lastIndexOf(')') + 2))
    }),
  )
  return pids.filter((_, i) => alive[i])
}

/** Bytes of memory that belong to the sandbox's processes: anonymous and shared memory, not the pages of programs and files. */
export async function memoryInside(init: number): Promise<number> {
  const folder = `/proc/${init}/root/proc`
  const names = await readdir(folder).catch(() => [])
  const sizes = await Promise.all(
    names
      .filter((name) => /^\d+$/.test(name))
      .map(async (name) => {
        const status = await readFile(`${folder}/${name}/status`, 'latin1').catch(() => '')
        return kilobytes(status, 'RssAnon') + kilobytes(status, 'RssShmem')
      }),
  )
  return sizes.reduce((sum, size) => sum + size, 0) * 1024
}

function kilobytes(status: string, field: string): number {
  return Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0)
}
