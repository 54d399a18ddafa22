import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { evaluationSchema } from '../src/index.ts'
import { runLeap } from './support/run-leap.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'leap-own-'))
})
afterAll(() => rm(folder, { recursive: true }))

it('the example of an environment of your own runs as the README says, and its student climbs', async () => {
  const directory = join(folder, 'run')
  const { code, stdout, stderr } = await runLeap(['run', 'examples/own-environment.yaml', '--out', directory], {
    cwd: root,
  })
  expect(code, stderr).toBe(0)
  const wins = new Map<string, number>()
  for (const name of await readdir(join(directory, 'evaluations'))) {
    const { policy, panel, results } = evaluationSchema.parse(
      JSON.parse(await readFile(join(directory, 'evaluations', name), 'utf8')),
    )
    expect(results).toHaveLength(60)
    expect(stdout).toContain(`${panel.name} (${panel.hash}), 60 tasks`)
    if (panel.name === 'selection') continue
    wins.set(policy, (wins.get(policy) ?? 0) + results.filter(({ outcome }) => outcome === 'success').length)
  }
  // Of 120 games. Here 15, 85 and 105; other processors round otherwise.
  expect([...wins.keys()].sort()).toEqual(['base', 'pi_0', 'pi_1'])
  expect(wins.get('pi_0')).toBeGreaterThan(wins.get('base')! + 30)
  expect(wins.get('pi_1')).toBeGreaterThan(wins.get('pi_0')!)
  expect(stdout).toContain('pi_1 *')
}, 600_000)
