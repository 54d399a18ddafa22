import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findVariable, requireKey } from './find-key.ts'
import { readEnvironment } from './read-environment.ts'
import { redactKeys } from './redact.ts'

let cwd = ''
beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'leap-keys-'))
})
afterAll(() => rm(cwd, { recursive: true }))

describe('readEnvironment', () => {
  it('takes what the environment sets, and the rest from .env', async () => {
    await writeFile(
      join(cwd, '.env'),
      '# keys\nOPENAI_API_KEY="from file"\nexport ANTHROPIC_API_KEY=file # comment\nEMPTY=file\n',
    )
    const env = await readEnvironment({ env: { OPENAI_API_KEY: 'from environment', EMPTY: '', HOME: '/home' }, cwd })
    expect(env).toEqual({ OPENAI_API_KEY: 'from environment', ANTHROPIC_API_KEY: 'file', EMPTY: 'file', HOME: '/home' })
    expect(process.env.ANTHROPIC_API_KEY).not.toBe('file')
  })

  it('needs no file, and says so when there is one that cannot be read', async () => {
    expect(await readEnvironment({ env: { A: '1' }, cwd: join(cwd, 'nowhere') })).toEqual({ A: '1' })
    await mkdir(join(cwd, 'odd', '.env'), { recursive: true })
    await expect(readEnvironment({ env: {}, cwd: join(cwd, 'odd') })).rejects.toMatchObject({
      code: 'ENV_FILE_UNREADABLE',
    })
  })
})

describe('requireKey', () => {
  it('takes the first that is set', () => {
    const env = { A: ' ', B: ' key ', C: 'other' }
    expect(requireKey(env, 'p', ['A', 'B', 'C'])).toBe('key')
    expect(findVariable(env, ['A', 'D'])).toBeUndefined()
    expect(() => requireKey(env, 'p', ['A', 'D'])).toThrow(/p: expected a key in A or D/)
  })
})

describe('redactKeys', () => {
  it.each([
    ['the key my-own-key-1 is wrong', 'the key [key] is wrong'],
    ['?x=1&key=abc123&y=2', '?x=1&key=[key]&y=2'],
    ['Authorization: Bearer abc.DEF-123', 'Authorization: Bearer [key]'],
    ['Incorrect API key provided: sk-proj-12****************abcd.', 'Incorrect API key provided: [key].'],
    ['key AIzaSyD1234567890 refused', 'key [key] refused'],
    ['http://user:password@host/v1', 'http://[key]@host/v1'],
    ['with my%2Fodd%3Dkey in it', 'with [key] in it'],
    ['task-completed: ask-the-model, 4:30@noon', 'task-completed: ask-the-model, 4:30@noon'],
  ])('%s', (text, expected) => {
    expect(redactKeys(text, ['my-own-key-1', 'my/odd=key'])).toBe(expected)
  })
})
