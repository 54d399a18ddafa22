import { open } from 'node:fs/promises'
import { LeapError } from '../../contracts/error.ts'

/** A value of GGUF's metadata; 64-bit integers as numbers where they fit exactly. */
export type GgufValue = string | number | boolean | GgufValue[]

/** A tensor's entry in the header. */
export interface GgufTensor {
  name: string
  /** Sizes as GGUF has them: the fastest varying one first, so [columns, rows]. */
  dimensions: number[]
  /** Number of its type; see {@link dequantise}. */
  type: number
  /** From the beginning of the data. */
  offset: number
}

export interface GgufHeader {
  metadata: Map<string, GgufValue>
  tensors: GgufTensor[]
  /** Where the data begin in the file, bytes. */
  dataStart: number
}

/** How much of a file is read at first; vocabularies make headers of some megabytes. */
const firstRead = 2 ** 24

/** Reads the header of a GGUF file (versions 2 and 3, little-endian). Throws GGUF_UNREADABLE. */
export async function readGgufHeader(path: string): Promise<GgufHeader> {
  const file = await open(path).catch((cause: Error) => {
    throw ggufError(path, cause.message, cause)
  })
  try {
    const { size } = await file.stat()
    for (let length = Math.min(size, firstRead); ; length = Math.min(size, 4 * length)) {
      const bytes = Buffer.alloc(length)
      await file.read(bytes, 0, length, 0)
      try {
        return parseHeader(bytes, path)
      } catch (error) {
        if (!(error instanceof RangeError)) throw error
        if (length === size) throw ggufError(path, `ends in the middle of its header, after ${size} bytes`)
      }
    }
  } finally {
    await file.close()
  }
}

/** Throws a RangeError where the bytes end too early. */
function parseHeader(bytes: Buffer, path: string): GgufHeader {
  const cursor = new Cursor(bytes, path)
  if (cursor.bytes(4).toString('latin1') !== 'GGUF') throw ggufError(path, 'does not begin with GGUF')
  const version = cursor.number('u32')
  if (version !== 2 && version !== 3) throw ggufError(path, `has version ${version}, expected 2 or 3`)
  const tensorCount = cursor.number('u64')
  const valueCount = cursor.number('u64')
  const metadata = new Map<string, GgufValue>()
  for (let i = 0; i < valueCount; i++) {
    const key = cursor.text()
    metadata.set(key, cursor.value(cursor.number('u32')))
  }
  const tensors = Array.from({ length: tensorCount }, (): GgufTensor => {
    const name = cursor.text()
    const dimensions = Array.from({ length: cursor.number('u32') }, () => cursor.number('u64'))
    return { name, dimensions, type: cursor.number('u32'), offset: cursor.number('u64') }
  })
  const alignment = Number(metadata.get('general.alignment') ?? 32)
  return { metadata, tensors, dataStart: Math.ceil(cursor.offset / alignment) * alignment }
}

const scalars = ['u8', 'i8', 'u16', 'i16', 'u32', 'i32', 'f32', 'bool', 'text', 'array', 'u64', 'i64', 'f64'] as const
type Scalar = Exclude<(typeof scalars)[number], 'bool' | 'text' | 'array'>

class Cursor {
  offset = 0
  readonly #bytes: Buffer
  readonly #path: string

  constructor(bytes: Buffer, path: string) {
    this.#bytes = bytes
    this.#path = path
  }

  bytes(length: number): Buffer {
    if (this.offset + length > this.#bytes.length) throw new RangeError('the bytes end too early')
    this.offset += length
    return this.#bytes.subarray(this.offset - length, this.offset)
  }

  number(type: Scalar): number {
    const size = { u8: 1, i8: 1, u16: 2, i16: 2, u32: 4, i32: 4, f32: 4, u64: 8, i64: 8, f64: 8 }[type]
    const bytes = this.bytes(size)
    if (type === 'f32') return bytes.readFloatLE()
    if (type === 'f64') return bytes.readDoubleLE()
    if (type === 'u64') return Number(bytes.readBigUInt64LE())
    if (type === 'i64') return Number(bytes.readBigInt64LE())
    return type.startsWith('u') ? bytes.readUIntLE(0, size) : bytes.readIntLE(0, size)
  }

  text(): string {
    return this.bytes(this.number('u64')).toString('utf8')
  }

  value(type: number): GgufValue {
    const name = scalars[type]
    if (name === undefined) throw ggufError(this.#path, `holds a metadata value of unknown type ${type}`)
    if (name === 'bool') return this.number('u8') !== 0
    if (name === 'text') return this.text()
    if (name !== 'array') return this.number(name)
    const inner = this.number('u32')
    return Array.from({ length: this.number('u64') }, () => this.value(inner))
  }
}

/** GGUF_UNREADABLE for a file that is damaged or of a kind that is not known. */
export function ggufError(path: string, found: string, cause?: unknown): LeapError {
  return new LeapError({
    code: 'GGUF_UNREADABLE',
    message: `${path}: ${found}`,
    remedy:
      'Expected a whole GGUF file of a Llama or Qwen2 model; download it again, or take the safetensors of the model.',
    ...(cause === undefined ? {} : { cause }),
  })
}
