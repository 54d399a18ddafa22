import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { refuseOtherFiles } from './refuse-other-files.ts'

let root = ''
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'leap-folder-'))
})
afterAll(() => rm(root, { recursive: true }))

it('lets a folder be replaced that is new, empty, or known, and no other', async () => {
  const isOwn = (names: readonly string[]) => names.includes('made.json')
  const check = (name: string) => refuseOtherFiles(join(root, name), isOwn, 'an earlier one')
  await check('new')
  await mkdir(join(root, 'there'))
  await check('there')
  await writeFile(join(root, 'there', 'notes.txt'), 'mine')
  await expect(check('there')).rejects.toMatchObject({
    code: 'FOLDER_TAKEN',
    message: expect.stringContaining('an earlier one, found other files (notes.txt)'),
  })
  await writeFile(join(root, 'there', 'made.json'), '')
  await check('there')
})
