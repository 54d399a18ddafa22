import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createRandom } from '../support/random.ts'
import { readRunSummary } from './read-run-summary.ts'

const kills = 12
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'leap-kill-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const run = async (name: string, ...death: number[]) => {
  const fixture = join(import.meta.dirname, 'testing', 'kill-fixture.ts')
  const paths = [join(folder, name), join(folder, `${name}.trace`)]
  const child = spawn(process.execPath, ['--no-warnings', fixture, ...paths, ...death.map(String)])
  let output = ''
  child.stdout.on('data', (data) => (output += data))
  child.stderr.on('data', (data) => (output += data))
  const [, signal] = await once(child, 'close')
  return { output, signal }
}

/** How many pieces of work a run has begun, or recorded, in all its processes. */
const count = (name: string, what: 'begin' | 'recorded') => {
  const trace = join(folder, `${name}.trace`)
  return existsSync(trace)
    ? readFileSync(trace, 'utf8')
        .split('\n')
        .filter((line) => line.startsWith(what)).length
    : 0
}

/** The files that must not differ between two runs: all but journal, timings and what only lives during a run. */
const finalFiles = async (name: string): Promise<Map<string, string>> => {
  const paths = await readdir(join(folder, name), { recursive: true, withFileTypes: true })
  const files = paths.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  const relative = files.map((file) => file.slice(join(folder, name).length + 1)).sort()
  const kept = relative.filter((file) => file !== 'journal.jsonl' && !file.startsWith('timings'))
  return new Map(
    await Promise.all(kept.map(async (file) => [file, await readFile(join(folder, name, file), 'utf8')] as const)),
  )
}

describe('a run that is killed', () => {
  it(`at ${kills} random moments ends with the files of an undisturbed one, and does nothing recorded twice`, async () => {
    expect(await run('undisturbed')).toEqual({ output: 'done\n', signal: null })
    const total = count('undisturbed', 'recorded')
    expect(total).toBe(90)
    const random = createRandom(11)
    const interrupted = new Set<string>()
    for (let kill = 0; kill < kills; kill++) {
      const { output, signal } = await run('killed', random.integer(14), random.next() * 6)
      expect({ output, signal }).toEqual(
        output === '' ? { output: '', signal: 'SIGKILL' } : { output: 'done\n', signal },
      )
      const summary = await readRunSummary(join(folder, 'killed'))
      const unfinished = summary?.phases.find(({ state }) => state === 'unfinished')
      interrupted.add(unfinished?.name ?? (summary === undefined ? 'before' : 'between'))
    }
    expect((await run('killed')).output).toBe('done\n')
    // The kills must have met the run in its phases, not only before or after it.
    expect([...interrupted]).toEqual(expect.arrayContaining(['rollout-1', 'corrections-1']))

    const expected = await finalFiles('undisturbed')
    const found = await finalFiles('killed')
    expect([...found.keys()]).toEqual([...expected.keys()])
    for (const [file, content] of expected) expect(found.get(file) === content, `${file} is the same`).toBe(true)
    expect([...expected.keys()]).toEqual([
      'corrections/corrections-1.jsonl',
      'datasets/sft-1.jsonl',
      'evaluations/pi_0@valid.json',
      'manifest.json',
      'panels/valid.json',
      'trajectories/evaluate-pi_0.jsonl',
      'trajectories/rollout-1.jsonl',
    ])
    const summary = await readRunSummary(join(folder, 'killed'))
    expect(summary?.active).toBe(false)
    expect(summary?.phases.map(({ name, state }) => `${name} ${state}`)).toEqual([
      'rollout-1 finished',
      'corrections-1 finished',
      'dataset-1 finished',
      'evaluate-pi_0 finished',
    ])
    // Nothing is recorded twice; only the eight pieces in flight (sixteen for the teacher) are begun again after a kill.
    expect(count('killed', 'recorded')).toBeLessThanOrEqual(total)
    expect(count('killed', 'begin') - total).toBeLessThanOrEqual(kills * 16)
  })
})
