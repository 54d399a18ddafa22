import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { runCli } from '../run-cli.ts'
import { testContext } from '../testing/test-context.ts'

let cwd = ''
const config = `name: small
environment: { generated: { train: 30, valid_seen: 12, valid_unseen: 6 } }
demonstrations: { games: 5 }
iterations: 1
rollouts: { games: 4 }
training:
  cloning: { updates: 3, learningRate: 0.001 }
  iteration: { updates: 4, learningRate: 0.001 }
evaluation: { games: 6, selectionGames: 6 }
`
beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'leap-run-command-'))
  await writeFile(join(cwd, 'small.yaml'), config)
})
afterAll(() => rm(cwd, { recursive: true }))

async function leapRun(...argv: string[]) {
  const { context, stdout, stderr } = testContext({ cwd, columns: 100 })
  const code = await runCli(['run', ...argv], context)
  return { code, stdout: stdout(), stderr: stderr() }
}

describe('leap run', () => {
  it('--print-config prints the whole configuration, which runs as it is', async () => {
    const { code, stdout } = await leapRun('small.yaml', '--seed', '7', '--print-config')
    expect(code).toBe(0)
    expect(parse(stdout)).toMatchObject({ name: 'small', seed: 7, maxSteps: 30, controls: true })
    await writeFile(join(cwd, 'printed.yaml'), stdout)
    expect((await leapRun('printed.yaml', '--print-config')).stdout).toBe(stdout)
  })

  it('--dry-run says what would be done, and does nothing', async () => {
    const before = await readdir(cwd)
    const { code, stdout, stderr } = await leapRun('small.yaml', '--dry-run', '--set', 'teacher.level=5')
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toMatch(/^small, seed 1\ngames +generated, seed 1\n/)
    expect(stdout).toMatch(/^run directory +.*runs.small$/m)
    expect(stdout).toMatch(/^teacher +planner, privilege level 5; corrects failed trajectories$/m)
    expect(stdout).toMatch(/^pi_1 +roll-outs on 4 games, then 4 updates$/m)
    expect(await readdir(cwd)).toEqual(before)
  })

  it.each([
    [['nonesuch'], 'CONFIG_UNREADABLE', 'expected a preset (quickstart, household, alfworld,'],
    [['small.yaml', '--seed', 'abc'], 'CONFIG_INVALID', 'seed (command line): expected number, found "abc"'],
    [['small.yaml', '--games', 'nowhere'], 'GAMES_NOT_FOUND', 'nowhere'],
    [
      ['small.yaml', '--set', 'student.checkpoint=nowhere'],
      'CHECKPOINT_MISSING',
      'student.checkpoint: expected a folder',
    ],
    [['small.yaml', '--set', 'demonstrations.by=oracle'], 'DEMONSTRATOR_UNKNOWN', 'available: solution, explorer,'],
    [['small.yaml', '--set', 'environment.name=chess'], 'ENVIRONMENT_UNKNOWN', 'available: alfworld'],
    [['small.yaml', '--set', 'demonstrations.games=31'], 'GAMES_TOO_FEW', 'found 30'],
  ])('%j ends in %s before anything is written', async (argv, code, message) => {
    const before = await readdir(cwd)
    for (const more of [[], ['--dry-run']]) {
      const { code: exitCode, stdout, stderr } = await leapRun(...argv, ...more)
      expect({ exitCode, stdout: stdout }).toEqual({ exitCode: 1, stdout: '' })
      expect(stderr).toContain(`error [${code}]`)
      expect(stderr).toContain(message)
      expect(stderr).not.toMatch(/cause: \W*$|^ {4}at /m)
    }
    expect(await readdir(cwd)).toEqual(before)
  })
})
