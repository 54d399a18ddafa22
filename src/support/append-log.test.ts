import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openAppendLog } from './append-log.ts'

let folder: string
let count = 0
const fresh = () => join(folder, `deep/${count++}.jsonl`)
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'leap-log-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

describe('openAppendLog', () => {
  it('keeps the order of overlapping calls and goes on where it ended', async () => {
    const path = fresh()
    const log = await openAppendLog(path, { syncEvery: 3 })
    await Promise.all(Array.from({ length: 100 }, (_, index) => log.append(`line ${index}`)))
    await log.close()
    const again = await openAppendLog(path)
    expect(again.cut).toBe(0)
    await again.append('line 100')
    await again.close()
    const lines = Array.from({ length: 101 }, (_, index) => `line ${index}\n`)
    expect(await readFile(path, 'utf8')).toBe(lines.join(''))
  })

  it('has a line in the file when append resolves', async () => {
    const path = fresh()
    const log = await openAppendLog(path)
    await log.append('first')
    expect(await readFile(path, 'utf8')).toBe('first\n')
    await log.close()
  })

  it('cuts off an unfinished last line, wherever its writer was killed', async () => {
    const path = fresh()
    const whole = 'é first\nsecond line\nthird\n'
    const bytes = Buffer.from(whole)
    await (await openAppendLog(path)).close()
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: bytes.length }), async (length) => {
        await writeFile(path, bytes.subarray(0, length))
        const log = await openAppendLog(path)
        await log.append('next')
        await log.close()
        const kept = bytes.subarray(0, bytes.subarray(0, length).lastIndexOf(10) + 1)
        expect(log.cut).toBe(length - kept.length)
        expect(await readFile(path, 'utf8')).toBe(`${kept.toString()}next\n`)
      }),
    )
  })

  it('finds the end of a torn line longer than one read', async () => {
    const path = fresh()
    await (await openAppendLog(path)).close()
    await appendFile(path, `whole\n${'x'.repeat(200_000)}`)
    const log = await openAppendLog(path)
    expect(log.cut).toBe(200_000)
    await log.close()
    expect(await readFile(path, 'utf8')).toBe('whole\n')
  })

  it('refuses a line with a line feed and reports what it could not write', async () => {
    const log = await openAppendLog(fresh())
    await expect(log.append('two\nlines')).rejects.toThrow(TypeError)
    await log.close()
    await expect(log.append('too late')).rejects.toThrow()
  })
})
