import { createReadStream } from 'node:fs'

export interface Line {
  text: string
  /** From 1. */
  number: number
  /** Byte offset of the line's first byte in its file. */
  start: number
  /** False for a last line without a line feed: its writer may have been killed while writing it. */
  terminated: boolean
}

/** The lines of a UTF-8 file, one at a time: a file may be larger than the longest string. */
export async function* readLines(path: string): AsyncGenerator<Line, void, undefined> {
  let pieces: Buffer[] = []
  let number = 1
  let start = 0
  const take = (last: Buffer, terminated: boolean): Line => {
    pieces.push(last)
    const bytes = pieces.length === 1 ? last : Buffer.concat(pieces)
    pieces = []
    const line = { text: bytes.toString('utf8'), number: number++, start, terminated }
    start += bytes.length + (terminated ? 1 : 0)
    return line
  }
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
    let from = 0
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, from)) {
      yield take(chunk.subarray(from, end), true)
      from = end + 1
    }
    if (from < chunk.length) pieces.push(chunk.subarray(from))
  }
  if (pieces.length > 0) yield take(Buffer.alloc(0), false)
}
