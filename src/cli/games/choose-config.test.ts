import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { configSchema } from '../../experiments/config.ts'
import { webshop } from '../../experiments/presets/webshop.ts'
import { writeToyRun } from '../testing/toy-run.ts'
import { chooseConfig } from './choose-config.ts'

let cwd = ''
const config = configSchema.parse({
  ...webshop,
  seed: 4,
  environment: { name: 'webshop', generated: { products: 300 } },
})
beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'leap-choose-'))
  await mkdir(join(cwd, 'runs/mine/checkpoints/pi_1'), { recursive: true })
  const manifest = { format: 1, leapVersion: '0.1.0', nodeVersion: 'v24.0.0', createdAt: '2026-01-02T03:04:05.000Z' }
  await writeFile(
    join(cwd, 'runs/mine/manifest.json'),
    JSON.stringify({ ...manifest, environment: 'webshop', games: 'x', seed: 4, panels: [], config }),
  )
  await writeFile(
    join(cwd, 'panel.json'),
    JSON.stringify({ name: 'p', environment: 'webshop', taskIds: ['test/1'], hash: '0123456789ab' }),
  )
  await writeToyRun(join(cwd, 'runs/old'))
})
afterAll(() => rm(cwd, { recursive: true }))

it('takes the household games where nothing points elsewhere', async () => {
  const { config, again } = await chooseConfig({ seed: 3 }, { cwd, checkpoints: ['informed', 'no/such/folder'] })
  expect(config).toMatchObject({ seed: 3, maxSteps: 30, environment: { name: 'alfworld' } })
  expect(again).toEqual(['--seed', '3'])
})

it('takes the named environment, with the limits of its preset and the fields that are set', async () => {
  const set = ['environment.generated.products=99']
  const { config, again } = await chooseConfig({ environment: 'webshop', set }, { cwd })
  expect(config).toMatchObject({
    maxSteps: webshop.maxSteps,
    environment: { name: 'webshop', generated: { products: 99 } },
  })
  expect(again).toEqual(['--environment', 'webshop', '--set', set[0]])
  expect((await chooseConfig({ environment: 'intercode-sql' }, { cwd })).config).toMatchObject({
    maxSteps: 10,
    environment: { name: 'intercode-sql' },
  })
})

it('takes the environment of the run in which a checkpoint lies, and of a run by name', async () => {
  const places = { cwd, checkpoints: ['careful', 'runs/mine/checkpoints/pi_1'] }
  expect(await chooseConfig({}, places)).toEqual({ config, again: ['--config', join(cwd, 'runs/mine')] })
  expect((await chooseConfig({ seed: 9 }, places)).config).toEqual({ ...config, seed: 9 })
  expect((await chooseConfig({ config: 'mine' }, { cwd })).config).toEqual(config)
})

it('takes the environment that a panel was frozen in', async () => {
  expect(await chooseConfig({}, { cwd, panel: 'panel.json' })).toMatchObject({
    config: { environment: { name: 'webshop' } },
    again: ['--environment', 'webshop'],
  })
})

it('says what is wrong with a configuration', async () => {
  await expect(chooseConfig({ config: 'old' }, { cwd })).rejects.toMatchObject({
    code: 'CONFIG_INVALID',
    message: expect.stringContaining('rollouts'),
  })
  await expect(chooseConfig({ config: 'nothing' }, { cwd })).rejects.toMatchObject({ code: 'CONFIG_UNREADABLE' })
  await expect(chooseConfig({ set: ['maxSteps=many'] }, { cwd })).rejects.toMatchObject({ code: 'CONFIG_INVALID' })
})
