import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ObjectIndex } from './object-index.ts'
import { type ArrayElement, splitJsonArray } from './split-json-array.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'leap-json-'))
})
afterEach(() => rm(folder, { recursive: true }))

const file = async (text: string) => {
  const path = join(folder, 'file.json')
  await writeFile(path, text)
  return path
}
const elements = async (path: string, from = 0, piece = 1 << 22) => {
  const all: ArrayElement[] = []
  for await (const batch of splitJsonArray(path, from, piece)) all.push(...batch)
  return all
}

const rows = [
  { a: 'quote " and \\ and ]}', b: [1, { c: '[{' }] },
  { text: 'é★😀\n', empty: {}, list: [] },
  { end: '\\' },
  { more: '\\\\"' },
]

describe('splitJsonArray', () => {
  it('gives every element, wherever the file is cut into pieces', async () => {
    const path = await file(`\ufeff [ ${rows.map((row) => JSON.stringify(row, null, 1)).join(' ,\n')}\n]\n`)
    for (const piece of [1, 2, 3, 7, 64, 1000])
      expect((await elements(path, 0, piece)).map(({ text }) => JSON.parse(text))).toEqual(rows)
  })

  it('goes on behind any element', async () => {
    const path = await file(JSON.stringify(rows))
    const all = await elements(path)
    for (const [index, { end }] of all.entries())
      expect((await elements(path, end, 5)).map(({ text }) => JSON.parse(text))).toEqual(rows.slice(index + 1))
  })

  it('says where a file is no array of objects, or ends early', async () => {
    await expect(elements(await file('{"a": 1}'))).rejects.toThrow(/expected "\[" at byte 0, found "\{"/)
    await expect(elements(await file('[{}, 5]'))).rejects.toThrow(/expected an object at byte 5, found "5"/)
    await expect(elements(await file('[{"a": "b'))).rejects.toMatchObject({ code: 'PRODUCTS_INVALID' })
    await expect(elements(await file(''))).rejects.toThrow(/end of the file/)
    expect(await elements(await file(' [ ] '))).toEqual([])
  })
})

describe('ObjectIndex', () => {
  it('finds the values of keys, the last of equal ones', async () => {
    const values = { 'k"\\': { list: ['a]', '}"'] }, b: 'x', c: null, d: -1.5e3, é: [] }
    const index = await ObjectIndex.open(await file(`${JSON.stringify(values, null, 2).slice(0, -2)}, "b": {"y": 1}}`))
    expect(index.size).toBe(5)
    expect(Object.fromEntries(Object.keys(values).map((key) => [key, index.get(key)]))).toEqual({
      ...values,
      b: { y: 1 },
    })
    expect(index.get('z')).toBeUndefined()
    expect((await ObjectIndex.open(await file('{}'))).size).toBe(0)
  })

  it('says where a file is no object', async () => {
    for (const text of ['[]', '{"a": 1', '{"a" 1}', '{a: 1}', '{"a": "b'])
      await expect(ObjectIndex.open(await file(text)), text).rejects.toMatchObject({ code: 'ANNOTATIONS_INVALID' })
  })
})
