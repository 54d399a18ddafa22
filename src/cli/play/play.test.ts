import { describe, expect, it } from 'vitest'
import type { ChatModel } from '../../contracts/model.ts'
import { runCli } from '../run-cli.ts'
import { testContext } from '../testing/test-context.ts'
import { createToyDomain } from '../testing/toy-domain.ts'
import { createPlayCommand } from './play.ts'

async function play(argv: string[], input: string[] = [], openModel?: (path: string) => Promise<ChatModel>) {
  const domain = createToyDomain()
  const open = async () => ({ domain, source: 'toy' })
  const { context, stdout, stderr } = testContext({ input })
  const commands = {
    play: { summary: 'play', load: async () => createPlayCommand(open, openModel ? { openModel } : {}) },
  }
  const code = await runCli(['play', '--split', 'valid', ...argv], context, commands)
  return { code, stdout: stdout(), stderr: stderr(), environment: domain.environment }
}

/** The box in which the ball of a task lies, found out by reading the hidden state as a person could. */
async function boxOf(task: string): Promise<string> {
  const { stdout } = await play(['--task', task], [':privilege'])
  return /The ball 1 is in box (\d)/.exec(stdout)![1]!
}

describe('by hand', () => {
  it('is won with the actions typed, and says how many', async () => {
    const box = await boxOf('valid/001')
    const { code, stdout, environment } = await play(
      ['--task', 'valid/001'],
      [`go to box ${box}`, '', `take ball 1 from box ${box}`, 'look'],
    )
    expect(code).toBe(0)
    expect(stdout).toContain('You see a box 0, a box 1, a box 2.')
    expect(stdout).toContain('Your task: Find the ball.')
    expect(stdout).toMatch(/Solved in 2 actions\.\n$/)
    expect(environment.closed).toBe(environment.opened)
  })

  it('lists the possible actions with numbers, and does the one of a number', async () => {
    const { stdout } = await play(['--task', 'valid/001'], ['?', '2', '9', ':quit'])
    expect(stdout).toMatch(/1 go to box 0 +2 go to box 1/)
    expect(stdout).toContain('> go to box 1')
    expect(stdout).toContain('In the box 1, you see')
    expect(stdout).toContain('There is no action 9')
    expect(stdout).toMatch(/Left after 1 action\.\n$/)
  })

  it('shows the hidden state with a warning, and says afterwards that it was looked at', async () => {
    const box = await boxOf('valid/002')
    const { stdout } = await play(
      ['--task', 'valid/002'],
      [':privilege', `go to box ${box}`, `take ball 1 from box ${box}`],
    )
    expect(stdout).toContain('Only a teacher may see this')
    expect(stdout).toContain('Solved in 2 actions, with a look at the hidden state.')
  })

  it('asks the planner for a hint', async () => {
    const box = await boxOf('valid/003')
    expect((await play(['--task', 'valid/003'], [':hint'])).stdout).toContain(`The planner would: go to box ${box}`)
  })

  it('takes actions back, exactly', async () => {
    const { stdout } = await play(
      ['--task', 'valid/001'],
      ['go to box 0', 'go to box 1', ':undo', ':undo', ':undo', ':q'],
    )
    expect(stdout).toContain('Took back: go to box 1')
    expect(stdout).toContain('Took back: go to box 0')
    expect(stdout).toContain('There is nothing to take back.')
    expect(stdout).toContain('Left after 0 actions.')
  })

  it('is lost at the limit', async () => {
    const { code, stdout } = await play(['--task', 'valid/001', '--max-steps', '2'], ['dance', 'dance', 'dance'])
    expect(code).toBe(0)
    expect(stdout.match(/Nothing happens\./g)).toHaveLength(2)
    expect(stdout).toContain('Not solved within the limit of 2 actions.')
  })

  it('ends with the input', async () => {
    expect((await play(['--task', 'valid/001'])).stdout).toContain('Left after 0 actions.')
  })

  it('chooses a game itself and says how to play it again', async () => {
    expect((await play([], [':q'])).stderr).toMatch(/again: leap play --split valid --task valid\/00\d\n/)
  })

  it('refuses a command that does not exist without taking it for an action', async () => {
    const { stdout } = await play(['--task', 'valid/001'], [':bogus'])
    expect(stdout).toContain('There is no :bogus')
    expect(stdout).toContain('Left after 0 actions.')
  })
})

describe('watching a policy', () => {
  it('shows what it sees, why and what it does, and the end', async () => {
    const { code, stdout } = await play(['--task', 'valid/001', '--policy', 'sweeper'])
    expect(code).toBe(0)
    expect(stdout).toContain('1> go to box 0')
    expect(stdout).toContain('I choose to go to box 0.')
    expect(stdout).toMatch(/You have the ball 1\.\n\nsweeper: success after \d actions?, score 1\n$/)
  })

  it('marks actions that are not possible', async () => {
    const { stdout } = await play(['--task', 'valid/001', '--policy', 'idler', '--max-steps', '2'])
    expect(stdout).toContain('2> dance  (not among the possible actions)')
    expect(stdout).toContain('idler: failure after 2 actions, score 0')
  })

  it.each([
    ['sweper', 'POLICY_UNKNOWN', 'Did you mean sweeper?'],
    ['no/such/folder', 'POLICY_UNKNOWN', '(sweeper, idler)'],
    ['src', 'CHECKPOINT_INVALID', 'config.json'],
    ['package.json', 'CHECKPOINT_INVALID', 'found a file'],
  ])('refuses %s', async (name, code, help) => {
    const result = await play(['--task', 'valid/001', '--policy', name])
    expect(result.code).toBe(1)
    expect(result.stderr).toContain(`[${code}]`)
    expect(result.stderr).toContain(help)
  })
})

it.each([
  ['valid/00', 'TASK_AMBIGUOUS', 'found 4'],
  ['valid/01', 'TASK_UNKNOWN', 'Did you mean valid/00'],
  ['kitchen', 'TASK_UNKNOWN', 'for example valid/000'],
])('refuses the task %s', async (task, code, help) => {
  const result = await play(['--task', task])
  expect(result.code).toBe(1)
  expect(result.stderr).toContain(`[${code}]`)
  expect(result.stderr).toContain(help)
})
