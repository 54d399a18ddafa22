import { readFile, stat } from 'node:fs/promises'
import { gunzipSync } from 'node:zlib'
import { LeapError } from '../../../contracts/error.ts'
import { isXz, unpackXz } from '../../alfworld/games/xz.ts'

/** What is read into memory whole, bytes. A text of JavaScript holds about 512 million characters at most. */
const largest = 400 * 2 ** 20

/** The text of a file, plain or packed with gzip or xz, without a byte order mark. Throws what the file system and the unpacking throw. */
export async function readPackedText(path: string): Promise<string> {
  return unpack(await readFile(path))
    .toString('utf8')
    .replace(/^\ufeff/, '')
}

/**
 * The JSON of a data file that fits into memory.
 * @throws LeapError `DATA_TOO_LARGE` with the remedy that is given, `DATA_UNREADABLE`
 */
export async function readDataFile(path: string, remedyIfLarge: string): Promise<unknown> {
  const { size } = await stat(path).catch((cause: Error) => {
    throw unreadable(path, `cannot be read: ${cause.message}`, cause)
  })
  if (size > largest)
    throw new LeapError({
      code: 'DATA_TOO_LARGE',
      message: `${path}: expected at most ${largest / 2 ** 20} MiB to hold in memory, found ${Math.round(size / 2 ** 20)} MiB`,
      remedy: remedyIfLarge,
    })
  try {
    return JSON.parse(await readPackedText(path))
  } catch (cause) {
    throw unreadable(path, `expected JSON, found ${(cause as Error).message}`, cause)
  }
}

function unpack(data: Buffer): Buffer {
  if (data[0] === 0x1f && data[1] === 0x8b) return gunzipSync(data)
  // Each piece is overwritten by the next.
  return isXz(data) ? Buffer.concat(Array.from(unpackXz(data), (piece) => Buffer.from(piece))) : data
}

function unreadable(path: string, message: string, cause: unknown): LeapError {
  return new LeapError({
    code: 'DATA_UNREADABLE',
    message: `${path}: ${message}`,
    remedy: 'Fetch the file again: it may have been cut off on the way.',
    cause,
  })
}
