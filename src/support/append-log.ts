import { mkdir, open } from 'node:fs/promises'
import { dirname } from 'node:path'

export interface AppendLogOptions {
  /**
   * Forces data to the disk after so many lines, and on `flush` and `close`. Lines survive a killed process without it, since each
   * is handed to the operating system before `append` resolves; it bounds what a power failure costs. Default 64.
   */
  syncEvery?: number
}

/** A file that only grows, line by line. One writer at a time: the run's lock sees to that. */
export interface AppendLog {
  /** Bytes of an unfinished last line that were cut off when the log was opened. */
  readonly cut: number
  /** Resolves when the operating system has the line. Calls may overlap; lines keep the order of the calls. Throws if it cannot be written. */
  append(line: string): Promise<void>
  flush(): Promise<void>
  close(): Promise<void>
}

/**
 * Opens a log for appending and creates it and its folder if needed. An unfinished last line, which a killed writer left, is cut off.
 * After a failed write (full disk) the log goes back to its last whole line and refuses further lines with the same error.
 */
export async function openAppendLog(path: string, { syncEvery = 64 }: AppendLogOptions = {}): Promise<AppendLog> {
  await mkdir(dirname(path), { recursive: true })
  const file = await open(path, 'a+')
  const { size } = await file.stat()
  let length = await endOfLastLine(size, async (buffer, position) => {
    await file.read(buffer, 0, buffer.length, position)
  })
  if (length < size) await file.truncate(length)

  let waiting: { line: string; resolve: () => void; reject: (error: unknown) => void }[] = []
  let writing: Promise<void> | undefined
  let unsynced = 0
  let broken: { error: unknown } | undefined

  const drain = async () => {
    while (waiting.length > 0) {
      const batch = waiting
      waiting = []
      try {
        if (broken !== undefined) throw broken.error
        const bytes = Buffer.from(batch.map(({ line }) => `${line}\n`).join(''))
        await file.appendFile(bytes)
        length += bytes.length
        unsynced += batch.length
        if (unsynced >= syncEvery) await sync()
        for (const { resolve } of batch) resolve()
      } catch (error) {
        broken ??= { error }
        await file.truncate(length).catch(() => {})
        for (const { reject } of batch) reject(error)
      }
    }
    writing = undefined
  }
  const sync = async () => {
    await file.datasync()
    unsynced = 0
  }
  const flush = async () => {
    await writing
    if (unsynced > 0) await sync()
  }
  return {
    cut: size - length,
    append(line) {
      if (line.includes('\n')) return Promise.reject(new TypeError('A line of a log cannot hold a line feed'))
      const { promise, resolve, reject } = Promise.withResolvers<void>()
      waiting.push({ line, resolve, reject })
      writing ??= drain()
      return promise
    },
    flush,
    async close() {
      await flush()
      await file.close()
    },
  }
}

/** The size up to and including the last line feed, found from the end so that long files open fast. */
async function endOfLastLine(size: number, read: (buffer: Buffer, position: number) => Promise<void>): Promise<number> {
  for (let end = size; end > 0; ) {
    const buffer = Buffer.alloc(Math.min(1 << 16, end))
    const start = end - buffer.length
    await read(buffer, start)
    const found = buffer.lastIndexOf(10)
    if (found >= 0) return start + found + 1
    end = start
  }
  return 0
}
