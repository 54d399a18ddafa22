import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Checkpoint } from './checkpoint.ts'
import { createGenerator, type Generator } from './generate.ts'
import { readLlama2c } from './llama2c.ts'

// Not part of the repository: see CONTRIBUTING.
const folder = fileURLToPath(new URL('../../../shared/data/weights/', import.meta.url))
const files = { weights: join(folder, 'stories260K.bin'), vocabulary: join(folder, 'tok512.bin') }
const present = existsSync(files.weights)
if (!present) console.info(`skipped: ${files.weights} is not there`)

describe.skipIf(!present)('a pretrained model (stories260K)', () => {
  let model: Checkpoint
  let generator: Generator
  beforeAll(async () => {
    model = await readLlama2c(files)
    generator = await createGenerator(model)
  })
  afterAll(() => generator.close())
  const perplexity = async (text: string) => {
    const scores = await generator.score([1], model.text.encode(text))
    return Math.exp(-scores.reduce((sum, one) => sum + one, 0) / scores.length)
  }

  it('tells a story', async () => {
    const { text } = await generator.generate({
      prompt: model.encodePrompt([{ role: 'user', content: 'Once upon a time' }]),
      temperature: 0,
      maxTokens: 60,
      seed: 1,
    })
    expect(text).toMatch(/^, there was a little/)
    expect(text.split(/[.!?]/).length).toBeGreaterThan(3)
  })

  it('finds English likelier than the same words in disorder, at the perplexity of a small model', async () => {
    const story =
      'Once upon a time, there was a little girl named Lily. She loved to play outside in the park. One day, she saw a big, red ball.'
    const known = await perplexity(story)
    expect(known).toBeGreaterThan(1)
    expect(known).toBeLessThan(5)
    expect(await perplexity(story.split(' ').sort().join(' '))).toBeGreaterThan(10 * known)
  })

  it('spells text as SentencePiece does', () => {
    const { text } = model
    expect(text.decode(text.encode('Once upon a time é 😀'))).toBe(' Once upon a time é 😀')
    expect(text.encode('Once upon a time')).toEqual([403, 407, 261, 378])
  })
})

describe('readLlama2c', () => {
  let root = ''
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'leap-llama2c-'))
  })
  afterAll(() => rm(root, { recursive: true }))

  it('says what is wrong with a bad file', async () => {
    const path = join(root, 'model.bin')
    await expect(readLlama2c({ weights: path })).rejects.toMatchObject({ code: 'CHECKPOINT_UNREADABLE' })
    await writeFile(path, new Uint8Array(10))
    await expect(readLlama2c({ weights: path })).rejects.toThrow(/10 bytes/)
    await writeFile(path, new Uint8Array(Int32Array.of(-1, 2, 3, 4, 5, 6, 7).buffer))
    await expect(readLlama2c({ weights: path })).rejects.toThrow(/header/)
    await writeFile(path, new Uint8Array(Int32Array.of(8, 8, 1, 2, 2, 4, 8, 0).buffer))
    await expect(readLlama2c({ weights: path })).rejects.toThrow(/before the last tensor/)
  })
})
