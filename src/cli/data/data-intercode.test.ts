import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runCli } from '../run-cli.ts'
import { testContext } from '../testing/test-context.ts'

let cwd = ''
beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'leap-data-'))
})
afterAll(() => rm(cwd, { recursive: true }))

const leap = async (...argv: string[]) => {
  const { context, stdout, stderr } = testContext({ cwd })
  return { code: await runCli(argv, context), stdout: stdout(), stderr: stderr() }
}

describe('leap data intercode', () => {
  it('counts tasks of our own without data', async () => {
    const { code, stdout } = await leap('data', 'intercode', '--only', 'bash', 'sql', '--count', '7', '--seed', '3')
    expect(code).toBe(0)
    expect(stdout).toBe('bash: 7 tasks, generated, seed 3\nsql: 7 tasks, generated, seed 3\n')
  })

  it('says that there are no Python tasks without data', async () => {
    expect((await leap('data', 'intercode', '--count', '1')).stdout).toMatch(/^python: none of our own/m)
    const { code, stderr } = await leap('data', 'intercode', '--only', 'python', '--check')
    expect(code).toBe(1)
    expect(stderr).toContain('INTERCODE_DATA_MISSING')
  })

  it('says which file is missing', async () => {
    const { code, stderr } = await leap('data', 'intercode', '--data', '.', '--only', 'bash')
    expect(code).toBe(1)
    expect(stderr).toMatch(/INTERCODE_DATA_MISSING|setup_nl2b_fs_1\.sh/)
  })

  it('names the field of a table that is not one', async () => {
    await writeFile(join(cwd, 'ic_mbpp.json'), '[{"query": "q", "gold": "g", "tests": []}]')
    const { code, stderr } = await leap('data', 'intercode', '--data', '.', '--only', 'python')
    expect(code).toBe(1)
    expect(stderr).toMatch(/ic_mbpp\.json: row 0, field "tests"/)
  })
})

describe('leap verify intercode', () => {
  it('refuses what is no log, before anything is opened', async () => {
    await writeFile(join(cwd, 'log.json'), '{"0": {"environment": "ic_ctf"}}')
    const { code, stderr } = await leap('verify', 'intercode', '--data', '.', '--logs', 'log.json')
    expect(code).toBe(1)
    expect(stderr).toMatch(/log\.json: field "0\.turn_history"/)
    expect((await leap('verify', 'intercode', '--data', '.')).code).toBe(2)
  })

  it('passes over what is no log in a folder, and fails where nothing is left', async () => {
    const { code, stdout, stderr } = await leap('verify', 'intercode', '--data', '.', '--logs', '.')
    expect(code).toBe(1)
    expect(stdout).toMatch(/log\.json: field .*; left out\n/)
    expect(stderr).toContain('LOG_INVALID')
    expect((await leap('verify', 'intercode', '--data', '.', '--logs', '*.txt')).stderr).toContain('LOG_UNREADABLE')
  })

  it('explains itself', async () => {
    const { code, stdout } = await leap('verify', 'intercode', '--help')
    expect(code).toBe(0)
    for (const part of ['--logs', '--rootfs', '--mysql-url', 'Examples:', 'Exits 1']) expect(stdout).toContain(part)
  })
})
