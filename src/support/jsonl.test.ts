import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { readJsonl } from './jsonl.ts'
import { readLines } from './read-lines.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'leap-jsonl-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const collect = async <T>(items: AsyncIterable<T>) => {
  const all: T[] = []
  for await (const item of items) all.push(item)
  return all
}
const write = async (content: string | Uint8Array) => {
  const path = join(folder, `${Math.random().toString(36).slice(2)}.jsonl`)
  await writeFile(path, content)
  return path
}
const schema = z.object({ id: z.string(), n: z.number() })

describe('readLines', () => {
  it('numbers lines, gives byte offsets and tells an unfinished last line', async () => {
    const path = await write('zwölf\n\nend')
    expect(await collect(readLines(path))).toEqual([
      { text: 'zwölf', number: 1, start: 0, terminated: true },
      { text: '', number: 2, start: 7, terminated: true },
      { text: 'end', number: 3, start: 8, terminated: false },
    ])
    expect(await collect(readLines(await write('')))).toEqual([])
  })

  it('joins lines and characters that span the chunks of the file system', async () => {
    const lines = ['a'.repeat((1 << 20) - 1), 'ü'.repeat(1 << 20), 'short']
    const path = await write(`${lines.join('\n')}\n`)
    expect((await collect(readLines(path))).map(({ text }) => text)).toEqual(lines)
  })
})

describe('readJsonl', () => {
  it('gives checked records', async () => {
    const path = await write('{"id":"a","n":1}\n{"id":"b","n":2}\n')
    expect(await collect(readJsonl(path, schema))).toEqual([
      { id: 'a', n: 1 },
      { id: 'b', n: 2 },
    ])
  })

  it('names file, line and field of what is wrong', async () => {
    const path = await write('{"id":"a","n":1}\n{"id":"b","n":"two"}\n')
    await expect(collect(readJsonl(path, schema))).rejects.toMatchObject({
      code: 'JSONL_INVALID',
      message: expect.stringMatching(new RegExp(`${path}:2: field "n"`)),
    })
    const broken = await write('{"id":"a","n":1}\n{"id":\n')
    await expect(collect(readJsonl(broken, schema))).rejects.toThrow(`${broken}:2: expected one JSON value per line`)
  })

  it('ignores a torn last line only when told to', async () => {
    const path = await write('{"id":"a","n":1}\n{"id":"b","n":2}')
    expect(await collect(readJsonl(path, schema, { tolerateTorn: true }))).toHaveLength(1)
    const torn = await write('{"id":"a","n":1}\n{"id":"b","n"')
    await expect(collect(readJsonl(torn, schema))).rejects.toThrow(':2:')
  })
})
