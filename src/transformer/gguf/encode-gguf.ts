/** What is written into a GGUF file: metadata (whole numbers become u32 unless they say that they are float32), and float32 tensors with GGUF's order of sizes. */
export interface GgufContents {
  metadata: Record<string, string | number | { float32: number } | readonly string[] | readonly number[]>
  tensors: Record<string, { dimensions: number[]; data: Float32Array }>
}

/** The bytes of a GGUF file of version 3. */
export function encodeGguf({ metadata, tensors }: GgufContents): Buffer {
  const parts: Buffer[] = []
  const u32 = (value: number) => {
    const bytes = Buffer.alloc(4)
    bytes.writeUInt32LE(value)
    parts.push(bytes)
  }
  const u64 = (value: number) => {
    const bytes = Buffer.alloc(8)
    bytes.writeBigUInt64LE(BigInt(value))
    parts.push(bytes)
  }
  const text = (value: string) => {
    u64(Buffer.byteLength(value))
    parts.push(Buffer.from(value))
  }
  const number = (value: number, float = !Number.isInteger(value)) => {
    if (!float) return u32(value)
    const bytes = Buffer.alloc(4)
    bytes.writeFloatLE(value)
    parts.push(bytes)
  }
  const typeOf = (value: unknown) => (typeof value === 'string' ? 8 : Number.isInteger(value) ? 4 : 6)
  const scalar = (value: string | number) => (typeof value === 'string' ? text(value) : number(value))
  parts.push(Buffer.from('GGUF'))
  u32(3)
  u64(Object.keys(tensors).length)
  u64(Object.keys(metadata).length)
  for (const [key, value] of Object.entries(metadata)) {
    text(key)
    if (typeof value === 'object' && 'float32' in value) {
      u32(6)
      number(value.float32, true)
    } else if (typeof value === 'object') {
      u32(9)
      u32(typeOf(value[0]))
      u64(value.length)
      for (const item of value) scalar(item)
    } else {
      u32(typeOf(value))
      scalar(value)
    }
  }
  let offset = 0
  for (const [name, { dimensions, data }] of Object.entries(tensors)) {
    text(name)
    u32(dimensions.length)
    for (const size of dimensions) u64(size)
    u32(0)
    u64(offset)
    offset += aligned(data.byteLength)
  }
  const header = Buffer.concat(parts)
  const file = Buffer.alloc(aligned(header.length) + offset)
  header.copy(file)
  let place = aligned(header.length)
  for (const { data } of Object.values(tensors)) {
    Buffer.from(data.buffer, data.byteOffset, data.byteLength).copy(file, place)
    place += aligned(data.byteLength)
  }
  return file
}

const aligned = (bytes: number) => Math.ceil(bytes / 32) * 32
