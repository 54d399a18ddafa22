import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runCli } from '../run-cli.ts'
import { testContext } from '../testing/test-context.ts'

let folder = ''
const at = (name: string) => join(folder, name)
const say = (from: string, value: string) => ({ from, value })
const right = 'Thought: The desk first.\nAction: go to desk 1'
const record = (id: string, answer = right) => ({
  id,
  conversations: [
    say('human', 'You are in the middle of a room. You see a desk 1.\nYour task is to: put a pen on the desk.'),
    say('gpt', right),
    say('human', 'On the desk 1, you see nothing.'),
    say('gpt', answer),
    say('human', 'You won.'),
  ],
})

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'leap-import-command-'))
  await writeFile(at('good.json'), JSON.stringify([record('alfworld_1'), record('alfworld_2')]))
  const mute = Array.from({ length: 7 }, (_, index) => record(`alfworld_${index}`, '\u001b[2JNo idea.'))
  await writeFile(at('mixed.json'), JSON.stringify([record('alfworld_8'), ...mute]))
})
afterAll(() => rm(folder, { recursive: true }))

async function leap(...argv: string[]) {
  const { context, stdout, stderr } = testContext({ cwd: folder, columns: 120 })
  return { code: await runCli(argv, context), stdout: stdout(), stderr: stderr() }
}

describe('leap import', () => {
  it('writes demonstrations and says how many there are and what to do with them', async () => {
    const { code, stdout, stderr } = await leap('import', 'good.json', '--to', 'data')
    expect(code, stderr).toBe(0)
    expect(stdout).toContain('2 episodes (2 won), 4 steps, 4 of them with a reason')
    expect(stdout).toContain(
      `Written to ${at('data')}. Start from them with: leap run <preset> --set demonstrations.from=data`,
    )
    expect(await readdir(at('data'))).toContain('import.json')
    const [first] = (await readFile(join(at('data'), 'trajectories.jsonl'), 'utf8')).split('\n')
    expect(JSON.parse(first!)).toMatchObject({ steps: [{ reason: 'The desk first.', action: 'go to desk 1' }, {}] })
  })

  it('stops at the first record that cannot be read and writes nothing, or leaves such records out by name', async () => {
    const strict = await leap('import', 'mixed.json', '--to', 'strict')
    expect(strict.code).toBe(1)
    expect(strict.stderr).toMatch(/\[IMPORT_INVALID\][\s\S]*mixed\.json, record 2, turn 3: expected an answer/)
    expect(await readdir(folder)).not.toContain('strict')
    const lenient = await leap('import', 'mixed.json', '--to', 'lenient', '--skip-invalid')
    expect(lenient.code).toBe(0)
    expect(lenient.stdout).toContain('1 episodes (1 won)')
    expect(lenient.stderr.match(/left out: .*record \d/g)).toHaveLength(5)
    expect(lenient.stderr).toContain('left out: 2 more (all are named in import.json)')
    // What is quoted from data of others cannot steer the terminal.
    expect(lenient.stderr).not.toContain('\u001b[2J')
  })

  it('says what it expected of a wrong command line, and of data that are not there', async () => {
    expect((await leap('import', 'good.json')).code).toBe(2)
    expect((await leap('import', '--to', 'data')).code).toBe(2)
    expect((await leap('import', 'good.json', '--to', 'x', '--format', 'csv')).stderr).toContain('Allowed choices are')
    const missing = await leap('import', 'nowhere.json', '--to', 'x')
    expect([missing.code, missing.stderr]).toEqual([1, expect.stringContaining('[IMPORT_MISSING]')])
    const help = await leap('import', '--help')
    expect(help.stdout).toMatch(/Formats:[\s\S]*Examples:/)
  })
})
