import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readCheckpoint } from '../../../transformer/checkpoint.ts'
import { tinyTraining } from '../testing/tiny-training.ts'
import { trainTwice } from '../testing/train-twice.ts'
import { pretrainShellBase, shellBase } from './shell-base.ts'
import { shellReplayRows } from './shell-replay.ts'

let root = ''
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'leap-shell-base-'))
})
afterAll(() => rm(root, { recursive: true }))

const tiny = { ...shellBase, ...tinyTraining }

describe('pretraining at the shell', () => {
  it('learns, writes a checkpoint that can be read, and makes the same one again', async () => {
    const folder = await trainTwice(root, (watch) => pretrainShellBase({ ...tiny, ...watch }))
    const { text } = await readCheckpoint(folder)
    expect(text.encode(' The file is submit').length).toBeLessThanOrEqual(5)
    // A name that nobody has read is spelled alike wherever it stands.
    const [alone, behind] = [text.encode('kelgarvax'), text.encode(' kelgarvax')]
    expect(behind.slice(1)).toEqual(alone)
  })
})

describe('text against forgetting', () => {
  it('is of strolls of its own, as many as asked for, by the seed', () => {
    const rows = shellReplayRows(6, 1)
    expect(new Set(rows.map(({ trajectoryId }) => trajectoryId)).size).toBe(6)
    expect(shellReplayRows(6, 1)).toEqual(rows)
    expect(shellReplayRows(6, 2)).not.toEqual(rows)
    expect(rows.every(({ prompt }) => prompt[0]!.content.endsWith('REASON:'))).toBe(true)
  })
})
