import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { fakeModel } from '../models/testing/fake-model.ts'
import { systemClock } from '../support/clock.ts'
import { createModelDesk } from './model-desk.ts'
import { modelsSchema } from './model-settings.ts'
import { findProviderOptions, providerOptionsSchema } from './provider-options.ts'

const table = {
  'openai:*': { reasoningEffort: 'low', store: false },
  'openai:gpt-5': { reasoningEffort: 'high' },
}

describe('options of providers', () => {
  it("are those of the provider, with the model's own before them, wherever its server is", () => {
    expect(findProviderOptions(table, 'openai:gpt-4o')).toEqual(table['openai:*'])
    expect(findProviderOptions(table, 'openai:gpt-5')).toEqual({ reasoningEffort: 'high', store: false })
    expect(findProviderOptions(table, 'openai:gpt-5@http://localhost:1/v1')).toEqual(
      findProviderOptions(table, 'openai:gpt-5'),
    )
    expect(findProviderOptions(table, 'google:gemini-2.5-flash')).toBeUndefined()
    expect(findProviderOptions(undefined, 'openai:gpt-5')).toBeUndefined()
  })

  it.each<[object, string]>([
    [{ 'gpt-5': {} }, "expected a model's name as provider:model"],
    [{ 'nobody:x': {} }, 'unknown provider "nobody"'],
    [{ 'leap:pi_1': {} }, 'leap takes no options'],
    [{ 'local:runs/x': {} }, 'local takes no options'],
    [{ 'openai-compatible:x@http://localhost:1/v1': {} }, 'without the address'],
    [{ 'openai:*': { apiKey: 'sk-1' } }, 'expected no "apiKey"'],
    [{ 'openai-compatible:*': { extra: { Authorization: 'Bearer x' } } }, 'expected no "Authorization"'],
  ])('%j is refused', (options, message) => {
    const parsed = providerOptionsSchema.safeParse(options)
    expect(parsed.error?.issues.map((issue) => issue.message).join('\n')).toContain(message)
  })

  it('reach the provider, and answers under other options are not taken for these', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'leap-options-'))
    const opened: unknown[] = []
    const model = fakeModel((_, call) => `answer ${call}`, 'openai:gpt-5')
    const ask = async (providerOptions?: typeof table | object) => {
      const desk = createModelDesk({
        journal: join(folder, 'calls.jsonl'),
        settings: modelsSchema.parse({}),
        ...(providerOptions ? { providerOptions: providerOptionsSchema.parse(providerOptions) } : {}),
        seed: 1,
        clock: systemClock,
        async open(_, options) {
          opened.push(options)
          return model
        },
      })
      const { generate } = await desk.model('openai:gpt-5', 'teacher')
      const { text } = await generate({
        messages: [{ role: 'user', content: 'q' }],
        temperature: 0,
        maxTokens: 5,
        seed: 1,
      })
      await desk.close()
      return text
    }
    const texts = [
      await ask(),
      await ask(table),
      await ask({ 'openai:*': { store: true } }),
      await ask(),
      await ask(table),
    ]
    expect(texts).toEqual(['answer 1', 'answer 2', 'answer 3', 'answer 1', 'answer 2'])
    expect(opened.slice(0, 3)).toEqual([undefined, { reasoningEffort: 'high', store: false }, { store: true }])
    expect((await readFile(join(folder, 'calls.jsonl'), 'utf8')).trim().split('\n')).toHaveLength(3)
    await rm(folder, { recursive: true })
  })
})
