import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { evaluationSchema } from '../../evaluation/evaluation.ts'
import { runCli } from '../run-cli.ts'
import { testContext } from '../testing/test-context.ts'
import { createToyDomain } from '../testing/toy-domain.ts'
import { createEvalCommand } from './eval.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'leap-eval-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function evaluate(...argv: string[]) {
  const { context, stdout, stderr } = testContext({ cwd: folder })
  const domain = createToyDomain()
  const open = async () => ({ domain, source: 'toy' })
  const commands = { eval: { summary: 'judge', load: async () => createEvalCommand(open) } }
  const code = await runCli(['eval', '--split', 'valid', ...argv], context, commands)
  return { code, stdout: stdout(), stderr: stderr(), environment: domain.environment }
}

it('prints success with interval and mean actions, overall and per task type, with the panel and its hash', async () => {
  const { code, stdout, stderr, environment } = await evaluate('sweeper')
  expect(code).toBe(0)
  expect(stdout).toMatch(/^valid \([0-9a-f]{12}\), 4 tasks, at most 30 actions\n/)
  expect(stdout).toMatch(/│ policy +│ +success │ +actions │ +far/)
  expect(stdout).toMatch(/│ sweeper +│ 100\.0 \[51\.0, 100\.0\] │ +\d\.\d \[/)
  expect(stderr).toContain('sweeper  done  4/4 tasks (100%)')
  expect(environment.closed).toBe(environment.opened)
})

it('compares several policies on the same games', async () => {
  const { stdout } = await evaluate('idler', 'sweeper', '--max-steps', '5')
  expect(stdout).toMatch(/│ idler +│ +0\.0 \[0\.0, 49\.0\] │ +5\.0 \[/)
  expect(stdout).toContain('sweeper against idler: +100.0 points')
  expect(stdout).toMatch(/wins 4\s+tasks\s+that\s+the\s+other\s+loses,\s+loses\s+0/)
  expect(stdout).toContain('idler: 100.0 % of its actions were not possible')
})

it('prints data that other tools can read, and does not depend on concurrency', async () => {
  const first = await evaluate('sweeper', '--json', '--count', '2')
  const [evaluation] = JSON.parse(first.stdout).map((one: unknown) => evaluationSchema.parse(one))
  expect(evaluation).toMatchObject({ policy: 'sweeper', episodes: 2, panel: { name: 'valid-2' } })
  expect((await evaluate('sweeper', '--json', '--count', '2', '--concurrency', '1')).stdout).toBe(first.stdout)
})

describe('a frozen panel', () => {
  it('is judged as it is', async () => {
    const [evaluation] = JSON.parse((await evaluate('sweeper', '--json', '--count', '2')).stdout)
    const taskIds = evaluation.results.map(({ taskId }: { taskId: string }) => taskId)
    const panel = { name: 'mine', environment: 'toy', taskIds, hash: evaluation.panel.hash }
    await writeFile(join(folder, 'panel.json'), JSON.stringify(panel))
    const { code, stdout } = await evaluate('sweeper', '--panel', 'panel.json')
    expect(code).toBe(0)
    expect(stdout).toContain(`mine (${evaluation.panel.hash}), 2 tasks`)
  })

  it('is refused when the games are not those it was frozen with', async () => {
    const panel = { name: 'mine', environment: 'toy', taskIds: ['valid/000'], hash: '000000000000' }
    await writeFile(join(folder, 'changed.json'), JSON.stringify(panel))
    const { code, stderr } = await evaluate('sweeper', '--panel', 'changed.json')
    expect(code).toBe(1)
    expect(stderr).toContain('[PANEL_CHANGED]')
  })
})

it.each([
  [['sweper'], 1, 'POLICY_UNKNOWN'],
  [['sweeper', '--count', '5'], 1, 'PANEL_TOO_SMALL'],
  [['sweeper', '--panel', 'none.json'], 1, 'PANEL_FILE_MISSING'],
  [['sweeper', '--split', 'test'], 1, 'SPLIT_UNKNOWN'],
  [['sweeper', '--count', 'many'], 2, 'whole number'],
  [[], 2, 'missing required argument'],
])('refuses %j', async (argv, code, message) => {
  const result = await evaluate(...argv)
  expect(result.code).toBe(code)
  expect(result.stderr).toContain(message)
  expect(result.stdout).toBe('')
})
