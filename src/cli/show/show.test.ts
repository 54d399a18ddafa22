import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runCli } from '../run-cli.ts'
import { testContext } from '../testing/test-context.ts'
import { writeToyRun } from '../testing/toy-run.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'leap-show-'))
  await writeToyRun(join(folder, 'runs', 'small'))
})
afterAll(() => rm(folder, { recursive: true }))

async function show(argv: string[], columns = 80) {
  const { context, stdout, stderr } = testContext({ cwd: folder, columns })
  const code = await runCli(['show', ...argv], context)
  return { code, stdout: stdout(), stderr: stderr() }
}

describe('the list', () => {
  it('numbers the trajectories of all phases with outcome and corrections, partial ones included', async () => {
    const { code, stdout, stderr } = await show(['small'])
    expect(code).toBe(0)
    const lines = stdout.trimEnd().split('\n')
    expect(lines[0]).toMatch(/^ *# +outcome +actions +corrected +policy +trajectory$/)
    expect(lines.slice(1).map((line) => line.trim().split(/ {2,}/))).toEqual([
      ['1', 'failure', '2', '2 (-1)', 'pi_0', 'rollout-1/train/000#0'],
      ['2', 'success', '1', 'pi_0', 'rollout-1/train/001#0'],
      ['3', 'void', '0', 'pi_1', 'rollout-2/train/000#0'],
    ])
    expect(stderr).toContain('3 trajectories: 1 success, 1 failure, 1 void')
  })

  it('is narrowed by phase, failure, correction and limit', async () => {
    expect((await show(['small', '--phase', 'rollout-2'])).stdout.trim().split('\n')).toHaveLength(2)
    expect((await show(['small', '--failed'])).stdout).not.toContain('001#0')
    expect((await show(['small', '--corrected'])).stdout.trim().split('\n')).toHaveLength(2)
    const limited = await show(['small', '--limit', '1'])
    expect(limited.stdout.trim().split('\n')).toHaveLength(2)
    expect(limited.stderr).toContain('2 more')
  })

  it('comes as data', async () => {
    const records = JSON.parse((await show(['small', '--json'])).stdout)
    expect(records).toHaveLength(3)
    expect(records[0]).toMatchObject({ phase: 'rollout-1', outcome: 'failure', actions: 2, corrections: 2 })
  })
})

describe('one trajectory', () => {
  it('puts the teacher beside the student on a wide terminal', async () => {
    const { stdout } = await show(['small', '1'], 110)
    const line = stdout.split('\n').find((text) => text.includes('student') && text.includes('teacher: corrects'))
    expect(line).toMatch(/^student +│ teacher: corrects, search$/)
    expect(stdout).toMatch(/action: go to box 1 +│ action: go to box 3/)
  })

  it('puts the teacher below the student on a narrow one, and never prints a line too wide', async () => {
    const { stdout } = await show(['small', '1'], 60)
    expect(stdout).toMatch(/^ {2}student$/m)
    expect(stdout).toMatch(/^ {2}teacher: corrects, search$/m)
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(60)
  })

  it('says why a correction was dropped and what it gave away', async () => {
    const { stdout } = await show(['small', '1'], 200)
    expect(stdout).toContain('dropped: leak')
    expect(stdout).toContain('gives away what the student has not seen: "ball 1"')
    expect(stdout).toContain('2 corrected, 0 left as they were; 1 dropped (leak 1)')
  })

  it('prints no escape code of a model or a game', async () => {
    const { stdout } = await show(['small', '1'], 200)
    expect(stdout).toContain('I look into the first box')
    expect(stdout).not.toContain('\u001b')
    expect(stdout).not.toContain('\u0007')
  })

  it('shows the privileged state only when asked', async () => {
    expect((await show(['small', '1'])).stdout).not.toContain('! The ball')
    expect((await show(['small', '1', '--privileged'])).stdout).toContain('! The ball 1 is in box 3.')
  })

  it('can be named by a part of its id and says why it is void', async () => {
    const { stdout } = await show(['small', 'rollout-2'])
    expect(stdout).toContain('void after 0 actions, score 0: the model did not answer')
  })

  it('goes to a page in which nothing of a model or a game is markup', async () => {
    const file = join(folder, 'page.html')
    const { code, stdout, stderr } = await show(['small', '1', '--html', file])
    expect(code).toBe(0)
    expect(stdout).toBe('')
    expect(stderr).toContain(file)
    const page = await readFile(file, 'utf8')
    expect(page).toContain('&#60;script&#62;')
    expect(page).not.toContain('<script')
    expect(page).toContain("default-src 'none'")
  })
})

describe('what cannot be shown', () => {
  it.each([
    [['smal'], 'RUN_NOT_FOUND', 'Did you mean small?'],
    [['small', '--phase', 'rollout-3'], 'PHASE_UNKNOWN', 'Did you mean rollout-1?'],
    [['small', 'train/000'], 'TRAJECTORY_AMBIGUOUS', 'found 2'],
    [['small', '9'], 'TRAJECTORY_UNKNOWN', 'one of 3'],
    [['small', '--html', 'x.html'], 'TRAJECTORY_MISSING', 'number in the list'],
  ])('%j', async (argv, code, help) => {
    const result = await show(argv)
    expect(result.code).toBe(1)
    expect(result.stderr).toContain(`[${code}]`)
    expect(result.stderr).toContain(help)
    expect(result.stdout).toBe('')
  })
})
