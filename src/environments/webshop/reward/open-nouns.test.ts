import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { wordNouns } from './nouns.ts'
import { openNouns } from './open-nouns.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'leap-nouns-'))
})
afterAll(() => rm(folder, { recursive: true }))

it('takes a list of words, a tagger, or a table with the words for what it lacks', async () => {
  const title = 'The Red Lamp quickly burns'
  expect((await openNouns('words'))(title)).toEqual(wordNouns(title))
  expect((await openNouns('wink'))(title)).toEqual(['red', 'lamp'])
  const path = join(folder, 'nouns.json')
  await writeFile(path, JSON.stringify({ [title]: ['Lamp'] }))
  const nouns = await openNouns(path)
  expect(nouns(title)).toEqual(['lamp'])
  expect(nouns('Blue Cup')).toEqual(['blue', 'cup'])
})

it.each([
  ['nothing-here', undefined, 'no file that can be read'],
  ['broken.json', '{', 'JSON'],
  ['list.json', '["lamp"]', 'something else'],
  ['flat.json', '{"Red Lamp": "lamp"}', 'field "Red Lamp"'],
])('refuses %s', async (name, content, message) => {
  const path = join(folder, name)
  if (content !== undefined) await writeFile(path, content)
  await expect(openNouns(path)).rejects.toMatchObject({
    code: 'NOUNS_INVALID',
    message: expect.stringContaining(message),
  })
})
