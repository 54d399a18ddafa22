import { existsSync } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { temporaryName } from './temporary-names.ts'

/**
 * Builds a folder that is never changed afterwards, so that it appears whole or not at all. One that is there is kept, also when another process
 * finishes it first: running sandboxes stand on it.
 */
export async function buildOnce(path: string, build: (temporary: string) => Promise<void>): Promise<void> {
  if (existsSync(path)) return
  await mkdir(dirname(path), { recursive: true })
  const temporary = temporaryName(path)
  await mkdir(temporary)
  try {
    await build(temporary)
    await rename(temporary, path)
  } catch (error) {
    await rm(temporary, { recursive: true, force: true })
    if (!['ENOTEMPTY', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error
  }
}
