import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createToyEnvironment } from '../execution/testing/toy-environment.ts'
import { type ConfigInput, configSchema } from './config.ts'
import { prepareBase } from './prepare-base.ts'

let cwd = ''
beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'leap-base-'))
})
afterAll(() => rm(cwd, { recursive: true }))

async function prepare(
  to: string,
  student: ConfigInput['student'],
  seed = 1,
  watch: Pick<Parameters<typeof prepareBase>[1], 'progress' | 'signal'> = {},
) {
  const environment = createToyEnvironment({ count: 8 })
  const optimiser = { updates: 1, learningRate: 1 }
  const config = configSchema.parse({
    name: 'toy',
    seed,
    demonstrations: { games: 8 },
    student,
    iterations: 0,
    rollouts: { games: 1 },
    training: { cloning: optimiser, iteration: optimiser },
  })
  const domain = {
    environment,
    explain: ({ steps }: { steps: unknown[] }) => steps.map(() => 'I look for the ball.'),
    teacher: () => ({ name: 'toy', correct: async () => [] }),
  }
  const demonstrations = await environment.tasks('train')
  return prepareBase(join(cwd, to), { config, domain, demonstrations, cwd, ...watch })
}

const files = async (folder: string) =>
  Object.fromEntries(
    await Promise.all(
      (await readdir(join(cwd, folder))).map(async (name) => [
        name,
        (await readFile(join(cwd, folder, name))).toString('base64'),
      ]),
    ),
  )
const small = { hiddenSize: 16, layers: 1, heads: 2, feedForwardSize: 32, vocabulary: 320 }

it('gives a checkpoint more vocabulary where that is asked for, in a folder of the run', async () => {
  const plain = await prepare('unused', { checkpoint: 'household-base' })
  expect(plain).toMatch(/household-base$/)
  expect(await prepare('extended', { checkpoint: 'household-base', extraVocabulary: 5 })).toBe(join(cwd, 'extended'))
  const words = async (folder: string) =>
    Object.keys(JSON.parse(await readFile(join(folder, 'tokenizer.json'), 'utf8')).model.vocab).length
  const added = (await words(join(cwd, 'extended'))) - (await words(plain))
  expect(added).toBeGreaterThan(0)
  expect(added).toBeLessThanOrEqual(5)
})

describe('a fresh student', () => {
  it('has the size that is asked for and a vocabulary learnt from the demonstrations', async () => {
    expect(await prepare('first', small)).toBe(join(cwd, 'first'))
    const config = JSON.parse(await readFile(join(cwd, 'first', 'config.json'), 'utf8'))
    expect(config).toMatchObject({
      hidden_size: 16,
      intermediate_size: 32,
      num_hidden_layers: 1,
      num_attention_heads: 2,
    })
    const { model } = JSON.parse(await readFile(join(cwd, 'first', 'tokenizer.json'), 'utf8'))
    expect(Object.keys(model.vocab).some((token) => token.includes('ball'))).toBe(true)
  })

  it('is the same for the same seed, and another one for another seed', async () => {
    await prepare('again', small)
    await prepare('other', small, 2)
    expect(await files('again')).toEqual(await files('first'))
    expect((await files('other'))['model.safetensors']).not.toBe((await files('first'))['model.safetensors'])
  })

  it('tells how far its games are, and ends when it is told to', async () => {
    const counts: (number | undefined)[] = []
    const progress = {
      phase: () => ({ set: ({ count }: { count?: number }) => counts.push(count), done: () => {}, fail: () => {} }),
      print: () => {},
    }
    await prepare('watched', small, 1, { progress })
    expect(counts.splice(0)).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
    await prepare('few', { ...small, vocabularyGames: 3 }, 1, { progress })
    expect(counts).toEqual([1, 2, 3])
    const signal = AbortSignal.abort(new Error('enough'))
    await expect(prepare('ended', small, 1, { signal })).rejects.toThrow('enough')
    await expect(readdir(join(cwd, 'ended'))).rejects.toThrow('ENOENT')
  })

  it('has matching heads where they are asked for', async () => {
    await prepare('matching', { ...small, matchingHeads: true })
    const [plain, matching] = [await files('first'), await files('matching')]
    expect(matching['tokenizer.json']).toBe(plain['tokenizer.json'])
    expect(matching['model.safetensors']).not.toBe(plain['model.safetensors'])
  })
})

describe('an existing student', () => {
  it('is used where it lies', async () => {
    expect(await prepare('unused', { checkpoint: 'first' })).toBe(join(cwd, 'first'))
    await expect(readdir(join(cwd, 'unused'))).rejects.toThrow('ENOENT')
  })

  it('that is not there, or not whole, is refused', async () => {
    await mkdir(join(cwd, 'half'))
    await writeFile(join(cwd, 'half', 'config.json'), '{}')
    for (const [checkpoint, found] of [
      ['nowhere', /at .*nowhere, found none/],
      ['half', /found one without tokenizer.json and model.safetensors/],
    ] as const)
      await expect(prepare('unused', { checkpoint })).rejects.toMatchObject({
        code: 'CHECKPOINT_MISSING',
        message: expect.stringMatching(found),
      })
  })
})
