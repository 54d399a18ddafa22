import type { FileHandle } from 'node:fs/promises'
import type { TensorEntry } from './safetensors-header.ts'

const chunkBytes = 2 ** 22

/** Whether a tensor holds a number that is not zero, and whether it holds one that is none (infinite, not a number). Reads its bytes once. */
export async function scanTensor(
  file: FileHandle,
  { dtype, offset, bytes }: TensorEntry,
): Promise<{ isZero: boolean; allFinite: boolean }> {
  let isZero = true
  for (let done = 0; done < bytes; ) {
    const chunk = Buffer.alloc(Math.min(chunkBytes, bytes - done))
    const { bytesRead } = await file.read(chunk, 0, chunk.length, offset + done)
    if (bytesRead === 0) break
    const read = scanners[dtype]!(chunk.buffer as ArrayBuffer, bytesRead)
    if (!read.allFinite) return { isZero: false, allFinite: false }
    isZero &&= read.isZero
    done += bytesRead
  }
  return { isZero, allFinite: true }
}

type Scanner = (buffer: ArrayBuffer, bytes: number) => { isZero: boolean; allFinite: boolean }

/** Numbers are told by their bits: sign apart, all zero is zero, and an exponent of all ones is no finite number. */
function bits(Words: typeof Uint16Array | typeof Uint32Array, magnitude: number, exponent: number): Scanner {
  return (buffer, bytes) => {
    let isZero = true
    for (const word of new Words(buffer, 0, bytes / Words.BYTES_PER_ELEMENT)) {
      if ((word & magnitude) !== 0) isZero = false
      if ((word & exponent) === exponent) return { isZero, allFinite: false }
    }
    return { isZero, allFinite: true }
  }
}

const scanners: Record<string, Scanner> = {
  F32: bits(Uint32Array, 0x7fffffff, 0x7f800000),
  BF16: bits(Uint16Array, 0x7fff, 0x7f80),
  F16: bits(Uint16Array, 0x7fff, 0x7c00),
  F64: (buffer, bytes) => {
    const numbers = new Float64Array(buffer, 0, bytes / 8)
    return { isZero: numbers.every((one) => one === 0), allFinite: numbers.every(Number.isFinite) }
  },
}
