import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createRandom } from '../support/random.ts'
import { collectRecords, type RecordSink } from './collect-records.ts'

let folder: string
let count = 0
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'leap-collect-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const schema = z.object({ id: z.string(), value: z.number() })
type Item = z.infer<typeof schema>
const fresh = () => {
  const name = join(folder, `${count++}`)
  return { path: `${name}.jsonl`, partialPath: `${name}.partial.jsonl`, schema }
}
const keys = Array.from({ length: 20 }, (_, index) => `key ${index}`)
const itemsOf = (key: string): Item[] =>
  Array.from({ length: key.length % 3 }, (_, index) => ({ id: `${key} ü ${index}`, value: index / 3 }))
const addAll = async (sink: RecordSink<Item>, order: readonly string[]) => {
  for (const key of order) if (!sink.has(key)) await sink.add(key, itemsOf(key))
}
const reference = async () => {
  const options = fresh()
  const collected = await collectRecords(options, (sink) => addAll(sink, keys))
  return { bytes: await readFile(options.path), collected }
}

describe('collectRecords', () => {
  it('writes sorted records with the same bytes, whatever the order of completion', async () => {
    const { bytes, collected } = await reference()
    expect(collected).toMatchObject({ keys: 20, failed: 0, bytes: bytes.length, lines: keys.flatMap(itemsOf).length })
    const ids = bytes
      .toString()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).id)
    expect(ids).toEqual(
      [...keys]
        .sort()
        .flatMap(itemsOf)
        .map(({ id }) => id),
    )
    const options = fresh()
    await collectRecords(options, (sink) => addAll(sink, createRandom(1).shuffle(keys)))
    expect(await readFile(options.path)).toEqual(bytes)
  })

  it('ends with the same bytes after a kill at any byte of the partial file, and redoes only what was lost', async () => {
    const { bytes } = await reference()
    const whole = fresh()
    await collectRecords(whole, (sink) => addAll(sink, createRandom(2).shuffle(keys)))
    const partial = await readFile(whole.partialPath)
    const options = fresh()
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: partial.length }), async (length) => {
        await writeFile(options.partialPath, partial.subarray(0, length))
        const lines = partial.subarray(0, length).toString('latin1').split('\n').length - 1
        await collectRecords(options, async (sink) => {
          expect(sink.resumed).toBe(lines)
          expect(keys.filter((key) => sink.has(key))).toHaveLength(lines)
          await addAll(sink, keys)
        })
        expect(await readFile(options.path)).toEqual(bytes)
      }),
      { numRuns: 60 },
    )
  })

  it('keeps what was added when the work throws, and writes no finished file', async () => {
    const options = fresh()
    const interrupted = collectRecords(options, async (sink) => {
      await sink.add('b', itemsOf('bb'))
      throw new Error('interrupted')
    })
    await expect(interrupted).rejects.toThrow('interrupted')
    await expect(readFile(options.path)).rejects.toThrow('ENOENT')
    await collectRecords(options, async (sink) => {
      expect([sink.has('a'), sink.has('b')]).toEqual([false, true])
    })
    expect(await readFile(options.path, 'utf8')).toBe(
      `${itemsOf('bb')
        .map((item) => JSON.stringify(item))
        .join('\n')}\n`,
    )
  })

  it('does failed pieces again when resumed, and counts those that fail for good', async () => {
    const options = fresh()
    const first = collectRecords(options, async (sink) => {
      await sink.add('a', [{ id: 'void', value: 0 }], 'server down')
      await sink.add('b', [], 'server down')
      throw new Error('interrupted')
    })
    await expect(first).rejects.toThrow('interrupted')
    const collected = await collectRecords(options, async (sink) => {
      expect(sink.resumed).toBe(0)
      await sink.add('a', [{ id: 'good', value: 1 }])
      await sink.add('b', [{ id: 'partly', value: 2 }], 'server down again')
    })
    expect(collected).toMatchObject({ keys: 2, failed: 1, lines: 2 })
    expect(await readFile(options.path, 'utf8')).toBe('{"id":"good","value":1}\n{"id":"partly","value":2}\n')
  })

  it('refuses a key that comes twice and a record that could not be read back', async () => {
    const options = fresh()
    await expect(
      collectRecords(options, async (sink) => {
        await sink.add('a', [])
        await sink.add('a', [])
      }),
    ).rejects.toThrow(/key a: is recorded already/)
    await expect(collectRecords(fresh(), (sink) => sink.add('a', [{ id: 'x', value: Number.NaN }]))).rejects.toThrow(
      /key a: record 0, field "value"/,
    )
  })

  it('names the damaged line of a partial file', async () => {
    const options = fresh()
    await collectRecords(options, (sink) => addAll(sink, keys.slice(0, 2)))
    await appendFile(options.partialPath, '{"key":3}\n')
    await expect(collectRecords(options, async () => {})).rejects.toThrow(`${options.partialPath}:3: expected`)
  })
})
