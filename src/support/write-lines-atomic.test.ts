import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writeLinesAtomic } from './write-lines-atomic.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'leap-lines-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

describe('writeLinesAtomic', () => {
  it('writes what it is given, across its buffer, and tells size and digest', async () => {
    const path = join(folder, 'new', 'file.jsonl')
    const lines = Array.from({ length: 3000 }, (_, index) => `${index} ${'ä'.repeat(500)}`)
    const written = await writeLinesAtomic(path, lines)
    const content = await readFile(path)
    expect(content.toString()).toBe(`${lines.join('\n')}\n`)
    expect(written).toEqual({
      bytes: content.length,
      lines: 3000,
      sha256: createHash('sha256').update(content).digest('hex'),
    })
    expect((await writeLinesAtomic(path, [])).bytes).toBe(0)
    expect(await readFile(path, 'utf8')).toBe('')
  })

  it('keeps the old content and leaves nothing behind when the source fails', async () => {
    const path = join(folder, 'kept.jsonl')
    await writeLinesAtomic(path, ['old'])
    async function* failing() {
      yield 'new'
      throw new Error('source failed')
    }
    await expect(writeLinesAtomic(path, failing())).rejects.toThrow('source failed')
    expect(await readFile(path, 'utf8')).toBe('old\n')
    expect((await readdir(folder)).filter((name) => name.startsWith('kept'))).toEqual(['kept.jsonl'])
  })
})
