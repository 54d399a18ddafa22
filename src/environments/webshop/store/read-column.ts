import { open } from 'node:fs/promises'
import { LeapError } from '../../../contracts/error.ts'

/**
 * A file of a store in a buffer of its own, so that it can be read as numbers.
 * @param bytes expected length, if known
 * @throws LeapError `STORE_INVALID` if it is not there or has another length
 */
export async function readColumn(path: string, bytes?: number): Promise<ArrayBuffer> {
  const fail = (found: string, cause?: unknown) =>
    new LeapError({
      code: 'STORE_INVALID',
      message: `${path}: expected ${bytes ?? 'a file of'} bytes, found ${found}`,
      remedy: 'The store is damaged: delete its folder and make it again with `leap data webshop`.',
      cause,
    })
  const file = await open(path, 'r').catch((cause: Error) => {
    throw fail(cause.message, cause)
  })
  try {
    const { size } = await file.stat()
    if (bytes !== undefined && size !== bytes) throw fail(String(size))
    const buffer = new ArrayBuffer(size)
    let done = 0
    while (done < size) {
      const { bytesRead } = await file.read(new Uint8Array(buffer), done, size - done, done)
      if (bytesRead === 0) throw fail(String(done))
      done += bytesRead
    }
    return buffer
  } finally {
    await file.close()
  }
}
