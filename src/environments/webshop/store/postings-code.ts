/** Postings of one block: after a read, `documents[0..size)` and `frequencies[0..size)`. */
export const blockSize = 128

/** Bytes that a posting takes at most. */
export const longestPosting = 11

/**
 * Writes postings as variable-length numbers: the document's distance from the one before, doubled, plus one if the frequency is 1; other frequencies
 * follow. Returns the place behind.
 */
export function writePosting(bytes: Uint8Array, at: number, distance: number, frequency: number): number {
  // A distance takes up to 31 bits, so that its double may not fit into a signed 32-bit number.
  let place = writeNumber(bytes, at, distance * 2 + (frequency === 1 ? 1 : 0))
  if (frequency !== 1) place = writeNumber(bytes, place, frequency)
  return place
}

export function writeNumber(bytes: Uint8Array, at: number, value: number): number {
  let place = at
  let rest = value
  while (rest > 127) {
    bytes[place++] = (rest % 128) | 128
    rest = Math.floor(rest / 128)
  }
  bytes[place++] = rest
  return place
}

/** Reads `count` postings that start at byte `at`, the first one's distance counted from document `before`. Returns the place behind. */
export function readPostings(
  bytes: Uint8Array,
  at: number,
  count: number,
  before: number,
  documents: Uint32Array,
  frequencies: Uint32Array,
): number {
  let place = at
  let document = before
  for (let i = 0; i < count; i++) {
    let byte = bytes[place++]!
    let code = byte & 127
    for (let shift = 7; byte > 127; shift += 7) {
      byte = bytes[place++]!
      code |= (byte & 127) << shift
    }
    document += code >>> 1
    documents[i] = document
    if (code & 1) {
      frequencies[i] = 1
      continue
    }
    byte = bytes[place++]!
    let frequency = byte & 127
    for (let shift = 7; byte > 127; shift += 7) {
      byte = bytes[place++]!
      frequency |= (byte & 127) << shift
    }
    frequencies[i] = frequency
  }
  return place
}
