import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runToyExperiment } from '../../experiments/testing/toy-experiment.ts'
import { runCli } from '../run-cli.ts'
import { testContext } from '../testing/test-context.ts'

let folder = ''
const at = (...path: string[]) => join(folder, ...path)

/** Corrects every turn it is shown to the ball, if that is there, and else to where the hidden state has it. */
function teach(prompt: string): string {
  const turns = /The turns to correct:\n(\[.*\])\n/s.exec(prompt)?.[1]
  if (!turns) return 'ready'
  let box = '0'
  const steps = JSON.parse(turns) as { timestep: number; candidate_actions: string[]; privileged_state?: string }[]
  const trajectory = steps.map(({ timestep, candidate_actions: candidates, privileged_state: state = '' }) => {
    // Said once, and again only where it has changed.
    box = /box (\d+)/.exec(state)?.[1] ?? box
    const action = candidates.find((one) => one.startsWith('take ')) ?? `go to box ${box}`
    return { timestep, corrected_reason: 'I have not found it yet.', corrected_action: action }
  })
  return JSON.stringify({ summary: 's', trajectory })
}

/** A finished run with demonstrations and corrections, under runs/toy. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'leap-export-command-'))
  const { run } = await runToyExperiment({
    directory: at('runs', 'toy'),
    config: { student: { prompt: 'compact' }, teacher: { name: 'llm', model: 'openai:teacher' } },
    answer: ({ messages }) => teach(messages.map(({ content }) => content).join('\n')),
  })
  await run()
})
afterAll(() => rm(folder, { recursive: true }))

async function leap(...argv: string[]) {
  const { context, stdout, stderr } = testContext({ cwd: folder, columns: 120 })
  return { code: await runCli(argv, context), stdout: stdout(), stderr: stderr() }
}
const rowsIn = async (path: string) =>
  (await readFile(path, 'utf8'))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))

describe('leap export', () => {
  it('writes the rows of a run that is named as under runs/, with counts, a masked row of each kind and a README', async () => {
    const { code, stdout, stderr } = await leap('export', 'toy', '--format', 'trl')
    expect([code, stderr]).toEqual([0, expect.stringMatching(/^mind: (kto\.jsonl: )?set undesirable_weight|^$/)])
    const to = at('runs', 'toy', 'exports', 'trl')
    const [sft, dpo, kto] = await Promise.all(['sft', 'dpo', 'kto'].map((kind) => rowsIn(join(to, `${kind}.jsonl`))))
    // Rows of demonstrations and corrections; pairs of corrections alone; both answers of each pair by themselves.
    const counts = await Promise.all(
      ['demonstrations', 'corrections-1'].map(async (name) => {
        return (await rowsIn(at('runs', 'toy', 'datasets', `${name}.jsonl`))).length
      }),
    )
    expect(counts.every((count) => count > 0)).toBe(true)
    expect(sft!.length).toBe(counts[0]! + counts[1]!)
    expect(dpo!.length).toBeGreaterThan(0)
    expect(dpo!.length).toBeLessThanOrEqual(counts[1]!)
    expect(kto!.filter(({ label }) => !label)).toHaveLength(dpo!.length)
    for (const [kind, rows] of Object.entries({ sft, dpo, kto }))
      expect(stdout).toContain(`${kind}.jsonl: ${rows!.length} rows`)
    expect(stdout).toMatch(/\[prompt, not trained on\][\s\S]*\[answer, trained on\]\n By rule\. ACTION: go to box \d/)
    expect(stdout).toMatch(
      /\[chosen, made likelier\]\n I have not found it yet\. ACTION: .*\n\[rejected, made less likely\]\n I begin\./,
    )
    expect(stdout).toContain(`Checked by the rules of trl and written to ${to}; README.md there says`)
    expect(await readFile(join(to, 'README.md'), 'utf8')).toContain('toy (seed 1')
  })

  it('leaves kinds out that a format does not have, and says so', async () => {
    const { code, stdout, stderr } = await leap(
      'export',
      'runs/toy',
      '--format',
      'tinker',
      '--to',
      'out',
      '--no-preview',
    )
    expect(code).toBe(0)
    expect(stderr).toContain('left out: kto, of which the format tinker has no rows')
    expect(stdout).not.toContain('not trained on')
    expect(await readdir(at('out'))).toEqual(['README.md', 'dpo.jsonl', 'sft.jsonl'])
  })

  it('writes prompts in another format where that is asked for', async () => {
    const prompts = async (...more: string[]) => {
      const { code, stderr } = await leap('export', 'toy', '--format', 'openai', '--to', 'prompts', ...more)
      expect(code, stderr).toBe(0)
      return (await rowsIn(at('prompts', 'sft.jsonl'))).map(({ messages }) => messages[0].content as string)
    }
    const [compact, chat] = [await prompts(), await prompts('--prompt', 'chat')]
    expect(chat).toHaveLength(compact.length)
    for (const text of compact) expect(text).toMatch(/REASON:$/)
    for (const text of chat) expect(text.length).toBeGreaterThan(200)
  })

  it('says what it expected of a wrong command line, and of a run that is not there', async () => {
    const unknown = await leap('export', 'toy', '--format', 'csv')
    expect(unknown.code).toBe(2)
    expect(unknown.stderr).toContain('Allowed choices are trl, openai, llama-factory, axolotl, tinker, parquet')
    expect((await leap('export', 'toy')).code).toBe(2)
    const missing = await leap('export', 'tyo', '--format', 'trl')
    expect(missing.code).toBe(1)
    expect(missing.stderr).toMatch(/\[RUN_NOT_FOUND\][\s\S]*Did you mean toy\?/)
    const help = await leap('export', '--help')
    expect(help.code).toBe(0)
    expect(help.stdout).toMatch(/Formats:[\s\S]*parquet[\s\S]*Examples:/)
  })
})
