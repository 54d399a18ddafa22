import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { encodeSafetensors, readSafetensors, type Weights } from './safetensors.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'leap-safetensors-'))
})
afterAll(() => rm(folder, { recursive: true }))

const weights: Weights = new Map([
  ['matrix', { shape: [2, 3], data: Float32Array.of(1, -2, 3.5, 1e-20, 0, Number.NEGATIVE_INFINITY) }],
  ['vector', { shape: [1], data: Float32Array.of(7) }],
  ['scalar', { shape: [], data: Float32Array.of(-1) }],
])

function file(header: object | string, body: Uint8Array): Uint8Array {
  const json = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header))
  const bytes = new Uint8Array(8 + json.length + body.length)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(json.length), true)
  bytes.set(json, 8)
  bytes.set(body, 8 + json.length)
  return bytes
}

async function readBytes(bytes: Uint8Array) {
  const path = join(folder, 'some.safetensors')
  await writeFile(path, bytes)
  return readSafetensors(path)
}

describe('safetensors', () => {
  it('reads back what it writes, and a part of it on request', async () => {
    const path = join(folder, 'model.safetensors')
    await writeFile(path, encodeSafetensors(weights))
    expect(await readSafetensors(path)).toEqual(new Map(weights))
    expect([...(await readSafetensors(path, (name) => name === 'vector')).keys()]).toEqual(['vector'])
  })

  it('aligns the numbers and describes them as the format says', async () => {
    const bytes = encodeSafetensors(weights)
    const length = Number(new DataView(bytes.buffer).getBigUint64(0, true))
    expect(length % 8).toBe(0)
    const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)))
    expect(header.vector).toEqual({ dtype: 'F32', shape: [1], data_offsets: [24, 28] })
  })

  it('turns half precision into float32', async () => {
    const halves = Uint16Array.of(0x3c00, 0xc000, 0x0001, 0x7c00, 0x3555)
    const body = new Uint8Array(halves.buffer)
    const header = (dtype: string) => ({ x: { dtype, shape: [5], data_offsets: [0, 10] } })
    const float16 = (await readBytes(file(header('F16'), body))).get('x')!.data
    expect([...float16]).toEqual([1, -2, 2 ** -24, Number.POSITIVE_INFINITY, Math.fround(0.333251953125)])
    const bfloat16 = (
      await readBytes(file(header('BF16'), new Uint8Array(Uint16Array.of(0x3f80, 0xc049, 0, 0x7f80, 0x3eab).buffer)))
    ).get('x')!
    expect([...bfloat16.data]).toEqual([1, -3.140625, 0, Number.POSITIVE_INFINITY, 0.333984375])
  })

  it('says what is wrong with a bad file', async () => {
    const good = encodeSafetensors(weights)
    await expect(readBytes(good.subarray(0, good.length - 1))).rejects.toThrow(/ends after/)
    await expect(readBytes(good.subarray(0, 20))).rejects.toThrow(/header should have/)
    await expect(readBytes(new Uint8Array(3))).rejects.toThrow(/3 bytes/)
    await expect(readBytes(file('{oops', new Uint8Array(0)))).rejects.toThrow(/not JSON/)
    await expect(
      readBytes(file({ x: { dtype: 'I8', shape: [1], data_offsets: [0, 1] } }, new Uint8Array(1))),
    ).rejects.toThrow(/x has type I8/)
    await expect(
      readBytes(file({ x: { dtype: 'F32', shape: [2], data_offsets: [0, 4] } }, new Uint8Array(4))),
    ).rejects.toThrow(/x has 4 bytes, expected 8/)
    await expect(readSafetensors(join(folder, 'none'))).rejects.toMatchObject({ code: 'CHECKPOINT_UNREADABLE' })
  })

  it('keeps the bytes of what is written unchanged from run to run', async () => {
    expect(Buffer.from(encodeSafetensors(weights)).equals(Buffer.from(encodeSafetensors(new Map(weights))))).toBe(true)
    expect((await readFile(join(folder, 'model.safetensors'))).length).toBe(encodeSafetensors(weights).length)
  })
})
