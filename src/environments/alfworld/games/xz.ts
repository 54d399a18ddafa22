import { CorruptDataError, LzmaDecoder } from './lzma.ts'

const magic = [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]
/** Bytes by which the window exceeds the dictionary: how much is decoded between two moves of the dictionary. */
const slack = 32 * 2 ** 20
const largestChunk = 2 ** 21

/** True if the data begins as an .xz file. */
export const isXz = (data: Uint8Array) => magic.every((byte, i) => data[i] === byte)

/**
 * Unpacks an .xz file (format description 1.1.0; LZMA2 as the only filter, as `xz` and `tar -J` write) piece by piece. Every piece
 * is valid until the next is asked for. Written because the WebAssembly package at hand refuses dictionaries over 64 MB, which
 * the archive of official games has. Sizes are checked; the checksums are not.
 *
 * @throws CorruptDataError for anything else or anything damaged
 */
export function* unpackXz(data: Uint8Array): Generator<Uint8Array> {
  let at = 0
  if (!isXz(data)) throw new CorruptDataError('no .xz signature at the beginning')
  const checkSize = [0, 4, 4, 4, 8, 8, 8, 16, 16, 16, 32, 32, 32, 64, 64, 64][data[7]! & 15]!
  at = 12
  while (data[at] !== 0) {
    if (at >= data.length) throw new CorruptDataError('the data ends before the index (truncated?)')
    const start = at
    const header = readBlockHeader(data, at)
    at += header.size
    const end: { at: number } = { at }
    yield* unpackLzma2(data, end, header.dictionary)
    // A block is padded to four bytes, counted from its header, and followed by its checksum.
    at = end.at + ((4 - ((end.at - start) % 4)) % 4) + checkSize
  }
  checkEnd(data, at)
}

/** The footer at the end of the file tells the size of the index, which must begin where the last block ended. */
function checkEnd(data: Uint8Array, index: number): void {
  let end = data.length
  while (end >= 4 && data.subarray(end - 4, end).every((byte) => byte === 0)) end -= 4
  const footer = end - 12
  if (data[end - 2] !== 0x59 || data[end - 1] !== 0x5a)
    throw new CorruptDataError('no .xz footer at the end (truncated?)')
  const stored = new DataView(data.buffer, data.byteOffset + footer + 4, 4).getUint32(0, true)
  if (index + (stored + 1) * 4 !== footer)
    throw new CorruptDataError('several .xz streams in one file, which is not supported')
}

function readBlockHeader(data: Uint8Array, start: number): { size: number; dictionary: number } {
  const size = (data[start]! + 1) * 4
  const flags = data[start + 1]!
  let at = start + 2
  const number = () => {
    let value = 0
    for (let shift = 0; shift < 63; shift += 7) {
      const byte = data[at++] ?? 0
      value += (byte & 0x7f) * 2 ** shift
      if (byte < 0x80) return value
    }
    throw new CorruptDataError('a number in a block header has no end')
  }
  if ((flags & 3) !== 0) throw new CorruptDataError('a filter beside LZMA2, which is not supported')
  if (flags & 0x40) number()
  if (flags & 0x80) number()
  const filter = number()
  const propertySize = number()
  if (filter !== 0x21 || propertySize !== 1) throw new CorruptDataError(`filter ${filter}, expected LZMA2 (33)`)
  const bits = data[at]!
  if (bits > 40) throw new CorruptDataError('an impossible dictionary size')
  return { size, dictionary: bits === 40 ? 2 ** 32 - 1 : (2 | (bits & 1)) * 2 ** (Math.floor(bits / 2) + 11) }
}

function* unpackLzma2(data: Uint8Array, cursor: { at: number }, dictionary: number): Generator<Uint8Array> {
  const decoder = new LzmaDecoder()
  let window = new Uint8Array(Math.min(dictionary, 2 ** 22) + slack)
  let filled = 0
  let history = 0
  let given = 0
  let isFresh = true
  for (;;) {
    const control = data[cursor.at++]
    if (control === undefined) throw new CorruptDataError('the data ends within a block (truncated?)')
    if (control === 0) break
    if (window.length - filled < largestChunk) {
      yield window.subarray(given, filled)
      const keep = Math.min(filled, dictionary)
      // The window grows with what has been seen, so that a small archive with a large dictionary stays small.
      const wanted = Math.min(dictionary, keep * 2) + slack
      const next = wanted > window.length ? new Uint8Array(wanted) : window
      next.set(window.subarray(filled - keep, filled))
      window = next
      filled = given = keep
    }
    if (control === 1 || control >= 0xe0) {
      history = 0
      isFresh = false
    } else if (isFresh) throw new CorruptDataError('the first chunk does not reset the dictionary')
    const { at } = cursor
    let count: number
    if (control < 0x80) {
      if (control > 2) throw new CorruptDataError(`an unknown chunk ${control}`)
      count = data[at]! * 256 + data[at + 1]! + 1
      window.set(data.subarray(at + 2, at + 2 + count), filled)
      cursor.at = at + 2 + count
    } else {
      count = (control & 31) * 65536 + data[at]! * 256 + data[at + 1]! + 1
      const packed = data[at + 2]! * 256 + data[at + 3]! + 1
      const reset = (control >> 5) & 3
      const body = at + 4 + (reset >= 2 ? 1 : 0)
      if (body + packed > data.length) throw new CorruptDataError('the data ends within a chunk (truncated?)')
      if (reset >= 2) decoder.setProperties(data[at + 4]!)
      if (reset >= 1) decoder.resetState()
      decoder.decode(data, body, window, filled, count, history)
      cursor.at = body + packed
    }
    filled += count
    history += count
  }
  yield window.subarray(given, filled)
}
