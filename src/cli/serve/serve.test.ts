import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openModel } from '../../models/open-model.ts'
import { writeCheckpoint } from '../../transformer/checkpoint.ts'
import { tinyCheckpoint } from '../../transformer/testing.ts'
import { runCli } from '../run-cli.ts'
import { testContext } from '../testing/test-context.ts'
import { whileServing } from '../testing/while-serving.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'leap-serve-'))
  await writeCheckpoint(join(folder, 'pi_1'), tinyCheckpoint())
})
afterAll(() => rm(folder, { recursive: true }))

const serving = (argv: readonly string[], env: Record<string, string>, use: (url: string) => Promise<void>) =>
  whileServing(['serve', ...argv], { cwd: folder, env }, use)

const request = { messages: [{ role: 'user' as const, content: 'go' }], temperature: 0, maxTokens: 3, seed: 1 }

it('serves a checkpoint under its folder’s name until Ctrl-C', async () => {
  const { code, stdout, stderr } = await serving(['pi_1', '--port', '0', '--threads', '1'], {}, async (url) => {
    const model = await openModel(`leap:pi_1@${url}`, { env: {}, cwd: folder })
    expect((await model.generate(request)).tokens.completion).toBe(3)
  })
  expect(code).toBe(130)
  expect(stdout).toMatch(/^pi_1 \(context of 512 tokens\) at http:\/\/127\.0\.0\.1:\d+\/v1\n$/)
  expect(stderr).toContain('leap:pi_1@http')
  expect(stderr).toContain('1 request answered.')
})

it('takes the key from the environment, prints it nowhere, and lets nobody in without it', async () => {
  const env = { LEAP_API_KEY: 'house-key-123' }
  const { stdout, stderr } = await serving(
    ['pi_1', '--port', '0', '--name', 'student', '--threads', '1'],
    env,
    async (url) => {
      const name = `leap:student@${url}`
      const stranger = await openModel(name, { env: { LEAP_API_KEY: 'wrong-key-456' }, cwd: folder })
      await expect(stranger.generate(request)).rejects.toMatchObject({ code: 'MODEL_AUTH' })
      const friend = await openModel(name, { env, cwd: folder })
      expect((await friend.generate(request)).finishReason).toBe('length')
    },
  )
  expect(stdout + stderr).not.toContain('house-key')
})

it.each([
  [['nothing-here'], 1, 'CHECKPOINT_INVALID'],
  [['.'], 1, 'CHECKPOINT_INVALID'],
  [['pi_1', '--port', 'high'], 2, 'whole number'],
  [['pi_1', '--port', '99999'], 2, 'at most 65535'],
  [[], 2, "missing required argument 'checkpoint'"],
])('refuses %j', async (argv, expected, message) => {
  const { context, stderr } = testContext({ cwd: folder })
  expect(await runCli(['serve', ...argv], context)).toBe(expected)
  expect(stderr()).toContain(message)
})
