/**
 * Lengths as Lucene stores them: one byte a document (SmallFloat.intToByte4). Lengths to 40 are exact, above that four significant
 * bits of length - 24 are kept, rounded down. BM25 uses the rounded lengths, and results differ if it does not.
 */
export function encodeLength(length: number): number {
  if (length < exact) return length
  const rest = length - exact
  const bits = 32 - Math.clz32(rest)
  if (bits < 4) return exact + rest
  const shift = bits - 4
  return exact + ((rest >>> shift) & 7) + ((shift + 1) << 3)
}

const exact = 24

/** The length that a byte stands for. */
export function decodeLength(byte: number): number {
  if (byte < exact) return byte
  const code = byte - exact
  const shift = (code >>> 3) - 1
  const mantissa = code & 7
  return exact + (shift < 0 ? mantissa : (mantissa | 8) * 2 ** shift)
}
