import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writeCheckpoint } from '../transformer/checkpoint.ts'
import { tinyCheckpoint } from '../transformer/testing.ts'
import { parseModelName } from './model-name.ts'
import { openModel } from './open-model.ts'

let cwd = ''
beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'leap-open-model-'))
})
afterAll(() => rm(cwd, { recursive: true }))

describe('parseModelName', () => {
  it.each([
    ['openai:gpt-4o', { provider: 'openai', model: 'gpt-4o' }],
    ['openai:ft:gpt-4o-mini:acme::abc', { provider: 'openai', model: 'ft:gpt-4o-mini:acme::abc' }],
    ['local:runs/a@b/pi_1', { provider: 'local', model: 'runs/a@b/pi_1' }],
    [
      'openai-compatible:meta/llama@http://[::1]:80/v1',
      { provider: 'openai-compatible', model: 'meta/llama', baseUrl: 'http://[::1]:80/v1' },
    ],
  ])('reads %s', (spec, expected) => {
    expect(parseModelName(spec)).toEqual(expected)
  })

  it.each([
    ['gpt-4o', 'MODEL_NAME_INVALID'],
    ['openai:', 'MODEL_NAME_INVALID'],
    [':gpt-4o', 'MODEL_NAME_INVALID'],
    ['openai: @http://x', 'MODEL_NAME_INVALID'],
    ['mistral:large', 'MODEL_PROVIDER_UNKNOWN'],
    ['constructor:x', 'MODEL_PROVIDER_UNKNOWN'],
  ])('refuses %s with the providers there are', (spec, code) => {
    expect(() => parseModelName(spec)).toThrow(expect.objectContaining({ code, message: expect.any(String) }))
    expect(() => parseModelName(spec)).toThrow(/openai, anthropic, google, openai-compatible, leap, local/)
  })
})

describe('openModel', () => {
  it.each([
    ['openai:gpt-4o', {}, 'MODEL_KEY_MISSING', /OPENAI_API_KEY/],
    ['anthropic:claude-sonnet-4-5', { ANTHROPIC_API_KEY: '  ' }, 'MODEL_KEY_MISSING', /ANTHROPIC_API_KEY/],
    ['google:gemini-2.5-flash', {}, 'MODEL_KEY_MISSING', /GEMINI_API_KEY/],
    ['openai-compatible:x', {}, 'MODEL_BASE_URL', /found none/],
    ['leap:x', { LEAP_BASE_URL: 'localhost:8000' }, 'MODEL_BASE_URL', /found "localhost:8000"/],
    ['openai:gpt-4o', { OPENAI_API_KEY: 'k', OPENAI_BASE_URL: 'nonsense' }, 'MODEL_BASE_URL', /found "nonsense"/],
    ['openai-compatible:x@http://me:hunter2secret@host/v1', {}, 'MODEL_BASE_URL', /holds a name or password/],
    ['local:nowhere', {}, 'CHECKPOINT_UNREADABLE', /nowhere/],
  ])('refuses %s with %j', async (spec, env, code, message) => {
    const error = await openModel(spec, { env, cwd }).catch((thrown: Error) => thrown)
    expect(error).toMatchObject({ code, message: expect.stringMatching(message) })
    expect(String(error)).not.toContain('hunter2')
  })

  it('opens a checkpoint in process, relative to the working directory', async () => {
    await writeCheckpoint(join(cwd, 'student'), tinyCheckpoint())
    const model = await openModel('local:student', { env: {}, cwd })
    const schema = { name: 'x', schema: {} }
    const result = await model.generate({
      messages: [{ role: 'user', content: 'go' }],
      temperature: 0,
      maxTokens: 2,
      seed: 1,
      schema,
    })
    expect(model.id).toBe('local:student')
    expect(result).toMatchObject({ tokens: { completion: 2 }, structured: false })
    await model.close!()
  })
})
