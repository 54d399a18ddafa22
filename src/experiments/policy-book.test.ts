import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PolicyRequest } from '../contracts/policy.ts'
import { scriptedModel } from '../policies/testing/scripted-model.ts'
import { hashWeights } from './hash-weights.ts'
import { createPolicyBook } from './policy-book.ts'

let folder = ''
const checkpoint = (name: string) => join(folder, name)
async function writeWeights(name: string, file: string, content: string) {
  await mkdir(checkpoint(name), { recursive: true })
  await writeFile(join(checkpoint(name), file), content)
}
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'leap-book-'))
  await writeWeights('pi_0', 'model.safetensors', 'weights')
})
afterAll(() => rm(folder, { recursive: true }))

const sampling = { temperature: 0.5, constrained: false }
const request: PolicyRequest = {
  task: { id: 't', environment: 'toy', split: 'train', category: 'near' },
  instruction: 'find it',
  history: [],
  observation: 'You see a box 1.',
  candidates: ['look'],
  session: 's',
  seed: 1,
}

function openBook(openModel?: (opened: string) => ReturnType<typeof scriptedModel>) {
  const opened: string[] = []
  const model = scriptedModel(() => ' So. ACTION: look')
  const book = createPolicyBook({
    folder: checkpoint,
    openModel: async (path) => {
      opened.push(path)
      return openModel?.(path) ?? model
    },
  })
  return { book, model, opened }
}

describe('a policy book', () => {
  it('loads a model when it first has to speak, once', async () => {
    const { book, model, opened } = openBook()
    const { policy, close } = await book.open('pi_0', sampling)
    expect(policy.name).toBe('pi_0')
    policy.forget!('s')
    expect(opened).toEqual([])
    const decisions = await Promise.all([policy.act(request), policy.act(request)])
    expect(decisions.map(({ action }) => action)).toEqual(['look', 'look'])
    expect(opened).toEqual([checkpoint('pi_0')])
    expect(model.requests[0]).toMatchObject({ temperature: 0.5 })
    expect(model.requests[0]!.choice).toBeUndefined()
    policy.forget!('s')
    await close()
    expect(model.forgotten).toEqual(['s'])
    expect(model.closed).toBe(1)
  })

  it('closes without loading what was never asked', async () => {
    const { book, opened } = openBook()
    await (await book.open('pi_0', sampling)).close()
    expect(opened).toEqual([])
  })

  it('lets who asks know that a model cannot be opened, and nobody else', async () => {
    const strays: unknown[] = []
    const onStray = (error: unknown) => strays.push(error)
    process.on('unhandledRejection', onStray)
    const { book } = openBook(() => {
      throw new Error('no memory')
    })
    const { policy } = await book.open('pi_0', sampling)
    await expect(policy.act(request)).rejects.toThrow('no memory')
    policy.forget!('s')
    await new Promise((resolve) => setImmediate(resolve))
    process.off('unhandledRejection', onStray)
    expect(strays).toEqual([])
  })

  it('says which weights it opens, or that there are none', async () => {
    const { book } = openBook()
    expect((await book.open('pi_0', sampling)).hash).toBe(await hashWeights(checkpoint('pi_0')))
    await expect(book.open('pi_9', sampling)).rejects.toMatchObject({
      code: 'WEIGHTS_MISSING',
      message: expect.stringContaining(checkpoint('pi_9')),
    })
  })
})

describe('hashWeights', () => {
  it('is that of the adapter where there is one, else of all shards', async () => {
    await writeWeights('tuned', 'model.safetensors', 'weights')
    const whole = await hashWeights(checkpoint('tuned'))
    expect(whole).toBe(await hashWeights(checkpoint('pi_0')))
    await writeWeights('tuned', 'adapter_model.safetensors', 'adapter')
    const adapted = await hashWeights(checkpoint('tuned'))
    expect(adapted).not.toBe(whole)
    await writeWeights('tuned', 'model.safetensors', 'other weights')
    expect(await hashWeights(checkpoint('tuned'))).toBe(adapted)

    await writeWeights('sharded', 'model-00001-of-00002.safetensors', 'one')
    await writeWeights('sharded', 'model-00002-of-00002.safetensors', 'two')
    const both = await hashWeights(checkpoint('sharded'))
    await writeWeights('sharded', 'model-00002-of-00002.safetensors', 'three')
    expect(await hashWeights(checkpoint('sharded'))).not.toBe(both)
  })
})
