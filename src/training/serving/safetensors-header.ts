import { open } from 'node:fs/promises'
import { z } from 'zod'
import { LeapError } from '../../contracts/error.ts'

export interface TensorEntry {
  dtype: string
  shape: readonly number[]
  /** First byte in the file, and the number of bytes. */
  offset: number
  bytes: number
}

const entrySchema = z.object({
  dtype: z.string(),
  shape: z.array(z.number().int().nonnegative()),
  data_offsets: z.tuple([z.number().int().nonnegative(), z.number().int().nonnegative()]),
})

const width: Record<string, number> = { F64: 8, F32: 4, F16: 2, BF16: 2 }

/**
 * Names, types, shapes and places of a safetensors file's tensors (8 bytes little-endian length, then JSON), without reading its numbers.
 * Throws ADAPTER_INVALID naming file and tensor, also where the file ends before its last tensor does.
 */
export async function readSafetensorsHeader(path: string): Promise<Map<string, TensorEntry>> {
  const invalid = (found: string, cause?: unknown) =>
    new LeapError({
      code: 'ADAPTER_INVALID',
      message: `${path}: ${found}`,
      remedy: 'Expected a whole safetensors file: train again, or copy it again.',
      ...(cause === undefined ? {} : { cause }),
    })
  const file = await open(path).catch((cause: NodeJS.ErrnoException) => {
    throw invalid(cause.code === 'ENOENT' ? 'there is no such file' : cause.message, cause)
  })
  try {
    const { size } = await file.stat()
    const first = Buffer.alloc(8)
    if ((await file.read(first, 0, 8, 0)).bytesRead < 8) throw invalid(`found ${size} bytes, too few for a header`)
    const length = Number(first.readBigUInt64LE())
    if (length > size - 8) throw invalid(`the header should have ${length} bytes, the file has ${size}`)
    const text = Buffer.alloc(length)
    await file.read(text, 0, length, 8)
    let header: Record<string, unknown>
    try {
      header = JSON.parse(text.toString('utf8'))
    } catch (cause) {
      throw invalid('the header is not JSON', cause)
    }
    const entries = new Map<string, TensorEntry>()
    for (const [name, value] of Object.entries(header)) {
      if (name === '__metadata__') continue
      const parsed = entrySchema.safeParse(value)
      if (!parsed.success) throw invalid(`the header's entry ${name} lacks dtype, shape or data_offsets`)
      const {
        dtype,
        shape,
        data_offsets: [start, end],
      } = parsed.data
      const bytes = shape.reduce((product, one) => product * one, width[dtype] ?? Number.NaN)
      if (end - start !== bytes)
        throw invalid(`${name} has ${end - start} bytes of ${dtype}, expected ${bytes} for [${shape.join(', ')}]`)
      if (8 + length + end > size) throw invalid(`the file ends at byte ${size}, inside ${name}: it is cut off`)
      entries.set(name, { dtype, shape, offset: 8 + length + start, bytes })
    }
    return entries
  } finally {
    await file.close()
  }
}
