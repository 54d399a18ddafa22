import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writeFolderAtomic } from './atomic-folder.ts'

let root = ''
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'leap-folder-'))
})
afterAll(() => rm(root, { recursive: true }))

const write = (name: string) => (folder: string) => writeFile(join(folder, name), name)

describe('writeFolderAtomic', () => {
  it('makes the folder, and replaces it as a whole', async () => {
    const path = join(root, 'deep', 'folder')
    await writeFolderAtomic(path, write('first'))
    await writeFolderAtomic(path, write('second'))
    expect(await readdir(path)).toEqual(['second'])
    expect(await readdir(join(root, 'deep'))).toEqual(['folder'])
  })

  it('leaves the old folder as it was when writing fails', async () => {
    const path = join(root, 'kept')
    await writeFolderAtomic(path, write('old'))
    const failing = writeFolderAtomic(path, async (folder) => {
      expect(await readdir(path)).toEqual(['old'])
      await write('half')(folder)
      throw new Error('disk full')
    })
    await expect(failing).rejects.toThrow('disk full')
    expect(await readFile(join(path, 'old'), 'utf8')).toBe('old')
    expect((await readdir(root)).filter((name) => name.startsWith('kept'))).toEqual(['kept'])
  })
})
