import { open } from 'node:fs/promises'
import { z } from 'zod'
import { LeapError } from '../contracts/error.ts'
import { bfloat16ToFloat32, float16ToFloat32 } from './half-precision.ts'

/** A weight outside a graph: row-major float32 numbers. */
export interface Weight {
  readonly shape: readonly number[]
  readonly data: Float32Array
}

/** Weights by name. */
export type Weights = ReadonlyMap<string, Weight>

const entrySchema = z.object({
  dtype: z.string(),
  shape: z.array(z.number().int().nonnegative()),
  data_offsets: z.tuple([z.number().int().nonnegative(), z.number().int().nonnegative()]),
})

/** Bytes per element of the types that can be read. */
const elementBytes: Record<string, number> = { F32: 4, F16: 2, BF16: 2, F64: 8 }

/**
 * Reads a `.safetensors` file (8 bytes little-endian header length, JSON header, numbers); F16, BF16 and F64 become float32.
 * `only` picks tensors by name before they are read. Throws CHECKPOINT_UNREADABLE naming file and tensor.
 */
export async function readSafetensors(
  path: string,
  only: (name: string) => boolean = () => true,
): Promise<Map<string, Weight>> {
  const fail = (found: string, cause?: unknown) =>
    new LeapError({
      code: 'CHECKPOINT_UNREADABLE',
      message: `${path}: ${found}`,
      remedy: 'Expected a whole safetensors file; download or write it again.',
      cause,
    })
  const file = await open(path).catch((cause: unknown) => {
    throw fail(cause instanceof Error ? cause.message : String(cause), cause)
  })
  try {
    const { size } = await file.stat()
    if (size < 8) throw fail(`found ${size} bytes, too few for a header`)
    const read = async (offset: number, length: number) => {
      const bytes = new Uint8Array(length)
      let done = 0
      while (done < length) {
        const { bytesRead } = await file.read(bytes, done, length - done, offset + done)
        if (bytesRead === 0) throw fail(`ends after ${offset + done} bytes, expected ${offset + length}`)
        done += bytesRead
      }
      return bytes
    }
    const headerLength = Number(new DataView((await read(0, 8)).buffer).getBigUint64(0, true))
    if (headerLength > size - 8) throw fail(`the header should have ${headerLength} bytes, the file has ${size}`)
    let header: Record<string, unknown>
    try {
      header = JSON.parse(new TextDecoder().decode(await read(8, headerLength)))
    } catch (cause) {
      throw LeapError.is(cause) ? cause : fail('the header is not JSON', cause)
    }
    const weights = new Map<string, Weight>()
    for (const [name, value] of Object.entries(header)) {
      if (name === '__metadata__' || !only(name)) continue
      const entry = entrySchema.safeParse(value)
      if (!entry.success) throw fail(`the header's entry ${name} lacks dtype, shape or data_offsets`)
      const {
        dtype,
        shape,
        data_offsets: [start, end],
      } = entry.data
      const bytes = elementBytes[dtype]
      if (bytes === undefined)
        throw fail(`${name} has type ${dtype}; readable are ${Object.keys(elementBytes).join(', ')}`)
      const count = shape.reduce((product, one) => product * one, 1)
      if (end - start !== count * bytes)
        throw fail(`${name} has ${end - start} bytes, expected ${count * bytes} for [${shape.join(', ')}] of ${dtype}`)
      weights.set(name, { shape, data: toFloat32(await read(8 + headerLength + start, end - start), dtype) })
    }
    return weights
  } finally {
    await file.close()
  }
}

function toFloat32(bytes: Uint8Array, dtype: string): Float32Array {
  if (dtype === 'F32') return new Float32Array(bytes.buffer)
  if (dtype === 'F64') return Float32Array.from(new Float64Array(bytes.buffer))
  const halves = new Uint16Array(bytes.buffer)
  return dtype === 'BF16' ? bfloat16ToFloat32(halves) : float16ToFloat32(halves)
}

/** The bytes of a safetensors file with these weights as F32, in the map's order. */
export function encodeSafetensors(weights: Weights): Uint8Array {
  let offset = 0
  const header: Record<string, unknown> = { __metadata__: { format: 'pt' } }
  for (const [name, { shape, data }] of weights) {
    header[name] = { dtype: 'F32', shape, data_offsets: [offset, offset + data.byteLength] }
    offset += data.byteLength
  }
  const json = new TextEncoder().encode(JSON.stringify(header))
  // Padded with spaces, so that the numbers are aligned and can be mapped.
  const headerLength = Math.ceil(json.length / 8) * 8
  const file = new Uint8Array(8 + headerLength + offset)
  new DataView(file.buffer).setBigUint64(0, BigInt(headerLength), true)
  file.fill(32, 8, 8 + headerLength)
  file.set(json, 8)
  let position = 8 + headerLength
  for (const { data } of weights.values()) {
    file.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), position)
    position += data.byteLength
  }
  return file
}
