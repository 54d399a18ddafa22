import { createHash } from 'node:crypto'
import { fillFileAtomic } from './atomic-file.ts'

export interface WrittenFile {
  bytes: number
  lines: number
  /** Hex digest of the whole content. */
  sha256: string
}

/**
 * Writes lines (without their line feeds) to a file that appears whole or not at all, however large it is. Creates the folder.
 * Whatever the source of the lines throws is thrown, and the old content stays.
 */
export async function writeLinesAtomic(
  path: string,
  lines: AsyncIterable<string> | Iterable<string>,
): Promise<WrittenFile> {
  const hash = createHash('sha256')
  const written = { bytes: 0, lines: 0 }
  await fillFileAtomic(path, async (file) => {
    let waiting: string[] = []
    let length = 0
    const write = async () => {
      const bytes = Buffer.from(waiting.join(''))
      waiting = []
      length = 0
      hash.update(bytes)
      written.bytes += bytes.length
      await file.writeFile(bytes)
    }
    for await (const line of lines) {
      waiting.push(line, '\n')
      written.lines++
      length += line.length + 1
      if (length > 1 << 20) await write()
    }
    await write()
  })
  return { ...written, sha256: hash.digest('hex') }
}
