import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { findLogs } from './find-logs.ts'

let cwd = ''
beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'leap-logs-'))
  for (const name of ['bash/gpt-4', 'sql', 'empty']) await mkdir(join(cwd, name), { recursive: true })
  for (const name of ['bash/gpt-4/b.json', 'bash/gpt-4/a.json', 'bash/notes.md', 'sql/c.json', 'odd [1].json'])
    await writeFile(join(cwd, name), '{}')
})
afterAll(() => rm(cwd, { recursive: true }))

const found = async (...wanted: string[]) =>
  (await findLogs(wanted, cwd)).map(({ path, isNamed }) => `${path.slice(cwd.length + 1)}${isNamed ? ' (named)' : ''}`)

it('finds files, what lies below folders, and what patterns match, each once', async () => {
  expect(await found('sql/c.json', 'bash')).toEqual(['sql/c.json (named)', 'bash/gpt-4/a.json', 'bash/gpt-4/b.json'])
  expect(await found('**/*.json', 'sql')).toEqual([
    'bash/gpt-4/a.json',
    'bash/gpt-4/b.json',
    'odd [1].json',
    'sql/c.json',
  ])
  expect(await found('odd [1].json')).toEqual(['odd [1].json (named)'])
})

it.each([
  ['nowhere.json', /no such file or folder/],
  ['empty', /no \.json file in this folder/],
  ['bash/*.json', /no such file or folder/],
])('refuses %s, which stands for nothing', async (name, message) => {
  await expect(findLogs([name], cwd)).rejects.toMatchObject({
    code: 'LOG_UNREADABLE',
    message: expect.stringMatching(message),
  })
})
