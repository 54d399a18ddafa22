import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rolloutAll } from '../../execution/rollout.ts'
import { writeCheckpoint } from '../../transformer/checkpoint.ts'
import { tinyCheckpoint } from '../../transformer/testing.ts'
import { createToyDomain } from '../testing/toy-domain.ts'
import { writeToyRun } from '../testing/toy-run.ts'
import { resolvePolicy } from './resolve-policy.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'leap-policy-'))
  await writeToyRun(join(folder, 'run'))
  await writeCheckpoint(join(folder, 'run', 'checkpoints', 'pi_0'), tinyCheckpoint())
})
afterAll(() => rm(folder, { recursive: true }))

const options = () => ({ domain: createToyDomain(), cwd: folder, temperature: 0 })

describe('a checkpoint folder', () => {
  it('becomes a student that reads the prompt and writes text of its own', async () => {
    const { policy, close } = await resolvePolicy('run/checkpoints/pi_0', options())
    const { environment } = createToyDomain()
    const tasks = (await environment.tasks('valid')).slice(0, 2)
    const play = () => rolloutAll({ environment, tasks, policy, maxSteps: 2, seed: 1, phase: 'test' })
    const trajectories = await play()
    expect((await play()).map(({ steps }) => steps.map(({ reason }) => reason))).toEqual(
      trajectories.map(({ steps }) => steps.map(({ reason }) => reason)),
    )
    await close()
    for (const { outcome, steps } of trajectories) {
      expect(outcome).not.toBe('void')
      expect(steps).toHaveLength(2)
      for (const { reason, tokens } of steps) {
        expect(reason).not.toBe('')
        expect(tokens?.prompt).toBeGreaterThan(10)
        expect(tokens?.completion).toBeGreaterThan(0)
      }
    }
  })
})

describe('what is no policy', () => {
  it('a whole run is answered with the checkpoints in it', async () => {
    await expect(resolvePolicy('run', options())).rejects.toMatchObject({
      code: 'CHECKPOINT_INVALID',
      remedy: expect.stringContaining(join('checkpoints', 'pi_0')),
    })
  })

  it('a folder is answered with the files that are missing', async () => {
    await mkdir(join(folder, 'half'))
    await writeFile(join(folder, 'half', 'config.json'), '{}')
    await expect(resolvePolicy('half', options())).rejects.toMatchObject({
      code: 'CHECKPOINT_INVALID',
      message: expect.stringContaining('found none of model.safetensors, tokenizer.json'),
    })
  })

  it('any other name is answered with the names there are', async () => {
    await expect(resolvePolicy('gpt', options())).rejects.toMatchObject({
      code: 'POLICY_UNKNOWN',
      message: expect.stringContaining('(sweeper, idler)'),
    })
  })

  it('a name is answered with what else can be given where there are no scripted agents', async () => {
    const { baselines: _, ...domain } = createToyDomain()
    await expect(resolvePolicy('gpt', { ...options(), domain })).rejects.toMatchObject({
      code: 'POLICY_UNKNOWN',
      message: expect.stringMatching(
        /^Expected a checkpoint folder, as this environment has no scripted agents; found "gpt"/,
      ),
    })
  })
})
