import { randomBytes } from 'node:crypto'
import { mkdir, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'

/**
 * Writes a folder so that it appears whole or not at all: `write` fills a temporary folder beside it, which is then renamed. A folder that is
 * already there is replaced. If `write` throws, nothing is left behind.
 */
export async function writeFolderAtomic(path: string, write: (temporary: string) => Promise<void>): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  const suffix = randomBytes(4).toString('hex')
  const temporary = `${path}.${suffix}.tmp`
  const replaced = `${path}.${suffix}.old`
  await mkdir(temporary)
  try {
    await write(temporary)
    // A folder cannot be renamed onto one that holds files, so the old one steps aside.
    await rename(path, replaced).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error
    })
    await rename(temporary, path)
  } catch (error) {
    await rm(temporary, { recursive: true, force: true })
    throw error
  }
  await rm(replaced, { recursive: true, force: true })
}
