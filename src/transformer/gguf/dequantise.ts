import { LeapError } from '../../contracts/error.ts'
import { bfloat16ToFloat32, float16ToFloat32 } from '../half-precision.ts'

/** A type of numbers in a GGUF file: blocks of `count` numbers in `bytes` bytes. */
interface BlockType {
  name: string
  count: number
  bytes: number
  /** Writes the numbers of the block that begins at `at` to `out`. */
  unpack(view: DataView, at: number, out: Float32Array): void
}

/** The types that can be read, by GGUF's numbers for them. Formulas are those of ggml's reference code. */
const types: Readonly<Record<number, BlockType>> = {
  0: { name: 'F32', count: 1, bytes: 4, unpack: (view, at, out) => void (out[0] = view.getFloat32(at, true)) },
  1: { name: 'F16', count: 1, bytes: 2, unpack: (view, at, out) => void (out[0] = half(view, at)) },
  2: { name: 'Q4_0', count: 32, bytes: 18, unpack: unpackNibbles({ high: false, least: false }) },
  3: { name: 'Q4_1', count: 32, bytes: 20, unpack: unpackNibbles({ high: false, least: true }) },
  6: { name: 'Q5_0', count: 32, bytes: 22, unpack: unpackNibbles({ high: true, least: false }) },
  7: { name: 'Q5_1', count: 32, bytes: 24, unpack: unpackNibbles({ high: true, least: true }) },
  8: { name: 'Q8_0', count: 32, bytes: 34, unpack: unpackBytes },
  12: { name: 'Q4_K', count: 256, bytes: 144, unpack: (view, at, out) => unpackScaled(view, at, out, false) },
  13: { name: 'Q5_K', count: 256, bytes: 176, unpack: (view, at, out) => unpackScaled(view, at, out, true) },
  14: { name: 'Q6_K', count: 256, bytes: 210, unpack: unpackSixBits },
  30: {
    name: 'BF16',
    count: 1,
    bytes: 2,
    unpack: (view, at, out) => void (out[0] = bfloat16ToFloat32(Uint16Array.of(view.getUint16(at, true)))[0]!),
  },
}

/** Bytes that `count` numbers of a type take. Throws GGUF_UNREADABLE for types that cannot be read. */
export function quantisedBytes(type: number, count: number, name: string): number {
  const { count: size, bytes } = blockType(type, name)
  return (count / size) * bytes
}

/** The numbers of a tensor as float32. `name` is for errors. Throws GGUF_UNREADABLE. */
export function dequantise(type: number, bytes: Uint8Array, name: string): Float32Array {
  const { count, bytes: size, unpack } = blockType(type, name)
  const blocks = bytes.length / size
  const numbers = new Float32Array(blocks * count)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (let block = 0; block < blocks; block++)
    unpack(view, block * size, numbers.subarray(block * count, (block + 1) * count))
  return numbers
}

function blockType(type: number, name: string): BlockType {
  const found = types[type]
  if (found) return found
  throw new LeapError({
    code: 'GGUF_UNREADABLE',
    message: `${name} has the type ${type} of ggml; readable are ${Object.values(types)
      .map((one) => one.name)
      .join(', ')}`,
    remedy: 'Take a file quantised in another way, for example Q8_0 or Q4_K_M, or the safetensors of the model.',
  })
}

const halves = new Map<number, number>()

function half(view: DataView, at: number): number {
  const bits = view.getUint16(at, true)
  let value = halves.get(bits)
  if (value === undefined) {
    value = float16ToFloat32(Uint16Array.of(bits))[0]!
    halves.set(bits, value)
  }
  return value
}

/** Q4_0 to Q5_1: 32 numbers of 4 bits (and a fifth one elsewhere), times a scale, from a least number or around zero. */
function unpackNibbles({ high, least }: { high: boolean; least: boolean }): BlockType['unpack'] {
  return (view, at, out) => {
    const scale = half(view, at)
    const from = least ? half(view, at + 2) : 0
    const bits = at + (least ? 4 : 2)
    const fifths = high ? view.getUint32(bits, true) : 0
    const nibbles = bits + (high ? 4 : 0)
    const centre = least ? 0 : high ? 16 : 8
    for (let i = 0; i < 16; i++) {
      const byte = view.getUint8(nibbles + i)
      const low = (byte & 15) | (((fifths >>> i) & 1) << 4)
      const top = (byte >> 4) | (((fifths >>> (i + 16)) & 1) << 4)
      out[i] = (low - centre) * scale + from
      out[i + 16] = (top - centre) * scale + from
    }
  }
}

function unpackBytes(view: DataView, at: number, out: Float32Array): void {
  const scale = half(view, at)
  for (let i = 0; i < 32; i++) out[i] = view.getInt8(at + 2 + i) * scale
}

/** Q4_K and Q5_K: eight groups of 32 numbers, each with a scale and a least number of 6 bits, times two scales of the block. */
function unpackScaled(view: DataView, at: number, out: Float32Array, hasFifths: boolean): void {
  const scale = half(view, at)
  const least = half(view, at + 2)
  const packed = (index: number) => view.getUint8(at + 4 + index)
  const fifths = at + 16
  const nibbles = at + (hasFifths ? 48 : 16)
  for (let group = 0; group < 8; group++) {
    const isEarly = group < 4
    const factor = isEarly ? packed(group) & 63 : (packed(group + 4) & 15) | ((packed(group - 4) >> 6) << 4)
    const offset = isEarly ? packed(group + 4) & 63 : (packed(group + 4) >> 4) | ((packed(group) >> 6) << 4)
    for (let i = 0; i < 32; i++) {
      const byte = view.getUint8(nibbles + 32 * (group >> 1) + i)
      const low = group % 2 === 0 ? byte & 15 : byte >> 4
      const fifth = hasFifths ? (view.getUint8(fifths + i) >> group) & 1 : 0
      out[32 * group + i] = scale * factor * (low | (fifth << 4)) - least * offset
    }
  }
}

/** Q6_K: sixteen groups of 16 numbers of 6 bits with a scale of 8 bits each, times one scale. */
function unpackSixBits(view: DataView, at: number, out: Float32Array): void {
  const scale = half(view, at + 208)
  for (let part = 0; part < 2; part++)
    for (let i = 0; i < 32; i++) {
      const high = view.getUint8(at + 128 + 32 * part + i)
      for (let quarter = 0; quarter < 4; quarter++) {
        const byte = view.getUint8(at + 64 * part + i + 32 * (quarter % 2))
        const low = quarter < 2 ? byte & 15 : byte >> 4
        const number = (low | (((high >> (2 * quarter)) & 3) << 4)) - 32
        const factor = view.getInt8(at + 192 + 8 * part + 2 * quarter + (i >> 4))
        out[128 * part + 32 * quarter + i] = scale * factor * number
      }
    }
}
