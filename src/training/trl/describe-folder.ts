import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { hashFile } from '../../support/hash-file.ts'

/** Files up to this size are hashed; of larger ones (whole models) name and size tell enough for a saved state to be used again. */
const hashedBytes = 2 ** 28

/** A text that changes when the checkpoint in the folder does. */
export async function describeFolder(folder: string): Promise<string> {
  const parts: string[] = []
  for (const name of (await readdir(folder)).sort()) {
    if (!/\.(safetensors|json)$/.test(name)) continue
    const path = join(folder, name)
    const { size } = await stat(path)
    parts.push(`${name} ${size} ${size <= hashedBytes ? await hashFile(path) : ''}`)
  }
  return parts.join('\n')
}
