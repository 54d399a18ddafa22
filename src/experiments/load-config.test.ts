import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { configSchema } from './config.ts'
import { loadConfig } from './load-config.ts'
import { presets } from './presets/presets.ts'

let cwd = ''
beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'leap-config-'))
})
afterAll(() => rm(cwd, { recursive: true }))

const small = `# a comment
name: small
demonstrations: { games: 5 }
iterations: 1
rollouts:
  games: 7
corrections: {}
training:
  cloning:
    updates: 3
    learningRate: 0.001
  iteration: { updates: 4, learningRate: 0.002 }
evaluation: {}
`

async function load(content: string, { overrides = [] as string[], name = 'small.yaml' } = {}) {
  await writeFile(join(cwd, name), content)
  return loadConfig(name, { cwd, overrides })
}

/** The message of the error that a configuration ends in. */
async function refusal(content: string, options: Parameters<typeof load>[1] = {}, code = 'CONFIG_INVALID') {
  const error = await load(content, options).then(
    () => undefined,
    (thrown: Error & { code: string }) => thrown,
  )
  expect(error?.code).toBe(code)
  return error!.message
}

describe('loadConfig', () => {
  it.each(Object.keys(presets))('knows the preset %s', async (name) => {
    expect((await loadConfig(name, { cwd, overrides: ['environment.games=somewhere'] })).name).toBe(name)
  })

  it('does not take generated games for official ones', async () => {
    await expect(loadConfig('alfworld', { cwd })).rejects.toThrow(
      /environment\.games: .*leap run alfworld --games <path>/,
    )
  })

  it('reads a file and fills in defaults', async () => {
    const config = await load(small)
    expect(config).toMatchObject({ seed: 1, maxSteps: 30, rollouts: { games: 7, mix: [0], temperature: 0.5 } })
    expect(config.training.iteration).toMatchObject({ updates: 4, from: 'previous', optimiser: 'adamw' })
  })

  it('reads back what --print-config wrote, as YAML and as JSON', async () => {
    const config = await loadConfig('quickstart', { cwd })
    expect(await load(stringify(config))).toEqual(config)
    expect(await load(JSON.stringify(config), { name: 'small.json' })).toEqual(config)
  })

  it('reads a module', async () => {
    const module = (body: string) => load(body, { name: `module-${body.length}.ts` })
    const config: unknown = configSchema.parse((await import('yaml')).parse(small))
    expect(await module(`export const config: object = ${JSON.stringify(config)}`)).toEqual(config)
  })

  it('gives a copy of a preset: nobody can change it for others', async () => {
    await loadConfig('quickstart', { cwd, overrides: ['rollouts.games=3'] })
    expect((await loadConfig('quickstart', { cwd })).rollouts.games).toBe(presets.quickstart.rollouts.games)
  })
})

describe('--set', () => {
  it('changes fields, also of objects that are not there, with values as YAML', async () => {
    const overrides = [
      'seed=9',
      'teacher.level=5',
      'rollouts.mix=[0.5, 0]',
      'corrections.perKind.search=1',
      'name=other',
    ]
    expect(await load(small, { overrides })).toMatchObject({
      seed: 9,
      name: 'other',
      teacher: { level: 5 },
      rollouts: { games: 7, mix: [0.5, 0] },
      corrections: { perKind: { search: 1 } },
    })
  })

  it('keeps an equals sign in the value', async () => {
    expect((await load(small, { overrides: ['environment.games=a=b'] })).environment.games).toBe('a=b')
  })

  it.each(['seed', '=3', 'a..b=3', '__proto__.polluted=1', 'name=[1', 'name="x'])('refuses %s', async (override) => {
    expect(await refusal(small, { overrides: [override] })).toContain('--set: ')
    expect({}).not.toHaveProperty('polluted')
  })

  it('is named as the place of a wrong value, not the line that it replaced', async () => {
    const message = await refusal(small, { overrides: ['rollouts.games=abc', 'training.cloning.speed=1'] })
    expect(message).toContain('rollouts.games (command line): expected number, found "abc"')
    expect(message).toContain('training.cloning.speed (command line): unknown field (known: updates, ')
  })
})

describe('what is wrong is named with file, line and field', () => {
  it.each([
    ['games: 7', 'games: seven', 'rollouts.games (line 6): expected number, found "seven"'],
    ['games: 7', 'games: 0', 'rollouts.games (line 6): expected number to be >0, found 0'],
    ['games: 7', 'games: 1.5', 'rollouts.games (line 6): expected int, found 1.5'],
    ['games: 7', 'games:', 'rollouts.games (line 6): expected number, found null'],
    ['games: 7', 'game: 7', 'rollouts.game (line 6): unknown field (known: games, temperature, concurrency, mix)'],
    ['games: 7', 'games: 7\n  mix: [0.5, 2]', 'rollouts.mix.1 (line 7): expected number to be <=1, found 2'],
    ['    updates: 3\n', '', 'training.cloning.updates (line 9): expected number, found nothing'],
    ['name: small', 'name: Not Good', 'name (line 2): use lower-case letters, digits and dashes, found "Not Good"'],
    ['name: small', 'nmae: small', 'nmae (line 2): unknown field (known: name, seed, environment, '],
    [
      'corrections: {}',
      'corrections: { on: some }',
      'corrections.on (line 7): expected one of "failed"|"all", found "some"',
    ],
    ['corrections: {}', 'teacher: { level: 6 }', 'teacher.level (line 7): expected one of 1|2|3|4|5, found 6'],
    ['iterations: 1', 'iterations: 1\nstudent: 3', 'student (line 5): expected object, found 3'],
  ])('%j -> %j', async (before, after, expected) => {
    const message = await refusal(small.replace(before, after))
    expect(message).toMatch(/^small\.yaml: /)
    expect(message).toContain(expected)
  })

  it('counts what is wrong', async () => {
    const message = await refusal(small.replace('small', 'NOT GOOD').replace('games: 5', 'games: many'))
    expect(message).toContain('2 fields are not as expected\n  name (line 2)')
  })

  it.each(['just words', '[1, 2]', '3'])('a file that is no list of fields: %s', async (content) => {
    const message = await refusal(content, { overrides: ['seed=1'] })
    expect(message).toContain('expected fields with values, found')
  })

  it('an empty file lacks every field that is needed', async () => {
    expect(await refusal('')).toContain('iterations: expected number, found nothing')
  })

  it.each([
    ['broken.yaml', 'name: [1', /at line 1/],
    ['twice.yaml', 'seed: 1\nseed: 2', /unique at line 2/],
    ['empty.ts', 'export const other = 1', /exports no `config`/],
    ['wrong.ts', 'export const config = (', /cannot be loaded/],
    ['thrower.ts', 'throw new Error("no licence")', /cannot be loaded: no licence/],
    ['function.ts', 'export const config = { name: () => 1 }', /not plain data/],
    ['notes.txt', 'name: x', /neither a preset nor a file/],
  ])('%s: %s', async (name, content, expected) => {
    const message = await refusal(content, { name }, 'CONFIG_UNREADABLE')
    expect(message).toMatch(expected)
    expect(message).toContain(`"${name}"`)
  })

  it('a file that is not there, a folder, and names that every object has', async () => {
    await mkdir(join(cwd, 'folder.yaml'))
    for (const [source, found] of [
      ['missing.yaml', 'there is no such file'],
      ['folder.yaml', 'EISDIR'],
      ['quikstart', 'expected a preset (quickstart, household, alfworld,'],
      ['toString', 'neither a preset'],
    ] as const) {
      const error = await loadConfig(source, { cwd }).catch((thrown: Error & { code: string }) => thrown)
      expect(error).toMatchObject({ code: 'CONFIG_UNREADABLE', message: expect.stringContaining(found) })
    }
  })
})
