import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { hashFile } from '../support/hash-file.ts'
import { writeCheckpoint } from '../transformer/checkpoint.ts'
import { readGguf } from '../transformer/gguf/read-gguf.ts'

/** What the converted folder was made of. */
const marker = 'converted-from.json'

/**
 * Makes a checkpoint folder of a GGUF file, so that it can be trained: its numbers as float32, four times the size of an 8-bit file. A folder that was made of the
 * same file before is taken as it is. Throws as {@link readGguf}.
 */
export async function convertBase(file: string, folder: string): Promise<string> {
  const source = JSON.stringify({ sha256: await hashFile(file) })
  const known = await readFile(join(folder, marker), 'utf8').catch(() => '')
  if (known === source) return folder
  await writeCheckpoint(folder, await readGguf(file))
  await writeFile(join(folder, marker), source)
  return folder
}
