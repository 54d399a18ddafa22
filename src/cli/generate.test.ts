import { existsSync } from 'node:fs'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { runCli } from './run-cli.ts'
import { testContext } from './testing/test-context.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'leap-generate-'))
})
afterEach(() => rm(folder, { recursive: true }))

async function generate(...argv: string[]) {
  const { context, stdout, stderr } = testContext({ cwd: folder })
  return { code: await runCli(['generate', ...argv], context), stdout: stdout(), stderr: stderr() }
}

const games = async (name: string) =>
  (await readdir(join(folder, name), { recursive: true })).filter((path) => path.endsWith('game.tw-pddl'))

it('writes as many games of each split as asked', async () => {
  const { code, stdout } = await generate('out', '--count', '3', '--split', 'train', 'valid_unseen')
  expect(code).toBe(0)
  expect(stdout).toContain('6 games (train, valid_unseen; seed 1)')
  const paths = await games('out')
  expect(paths.filter((path) => path.startsWith('train'))).toHaveLength(3)
  expect(paths.filter((path) => path.startsWith('valid_unseen'))).toHaveLength(3)
})

it('refuses to mix games into a folder that holds something, unless forced', async () => {
  await generate('out', '--count', '1', '--split', 'train')
  const refused = await generate('out', '--count', '1', '--split', 'train', '--seed', '2')
  expect(refused.code).toBe(1)
  expect(refused.stderr).toContain('[FOLDER_NOT_EMPTY]')
  expect(await games('out')).toHaveLength(1)
  expect((await generate('out', '--count', '2', '--split', 'train', '--force')).code).toBe(0)
  expect((await games('out')).length).toBeGreaterThanOrEqual(2)
})

it.each([
  [['out', '--count', '0'], 'at least 1'],
  [['out', '--split', 'test'], 'train, valid_seen, valid_unseen'],
  [[], "missing required argument 'folder'"],
])('refuses %j as a usage error and writes nothing', async (argv, message) => {
  const { code, stderr } = await generate(...argv)
  expect(code).toBe(2)
  expect(stderr).toContain(message)
  expect(existsSync(join(folder, 'out'))).toBe(false)
})
