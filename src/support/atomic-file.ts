import { randomBytes } from 'node:crypto'
import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Writes a file so that a reader, or a run killed at any moment, finds the old content or the new one, never a part. Creates the folder. */
export async function writeFileAtomic(path: string, content: string | Uint8Array): Promise<void> {
  await fillFileAtomic(path, (file) => file.writeFile(content))
}

/** The same for content that is written piece by piece. What `fill` throws is thrown, and the old content stays. */
export async function fillFileAtomic(path: string, fill: (file: FileHandle) => Promise<void>): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  const temporary = `${path}.${randomBytes(4).toString('hex')}.tmp`
  try {
    const file = await open(temporary, 'w')
    try {
      await fill(file)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
}
