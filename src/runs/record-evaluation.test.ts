import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compareEvaluations } from '../evaluation/compare.ts'
import { selectBest } from '../evaluation/select-best.ts'
import { createToyEnvironment } from '../execution/testing/toy-environment.ts'
import { randomPolicy, searchingPolicy } from '../execution/testing/toy-policies.ts'
import { recordEvaluation } from './record-evaluation.ts'
import { openToyRun } from './testing/toy-run.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'leap-evaluation-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const place = ({ action }: { action: string }) => /^go to (.+)$/.exec(action)?.[1]

describe('recordEvaluation', () => {
  it('judges policies on the proven panel, once, and keeps the evaluations for comparison and selection', async () => {
    const environment = createToyEnvironment({ count: 40, boxes: 6 })
    const directory = join(folder, 'a')
    const { run, panel } = await openToyRun(directory, environment)
    const common = { environment, panel, maxSteps: 8, seed: 7, inputs: {}, probe: { place } }
    const weak = await recordEvaluation(run, { ...common, policy: randomPolicy('pi_2') })
    const strong = await recordEvaluation(run, { ...common, policy: searchingPolicy('pi_10') })
    expect(strong).toMatchObject({ policy: 'pi_10', panel: { name: 'valid', hash: panel.hash }, success: { rate: 1 } })
    expect(strong.behaviour.revisits).toBe(0)
    expect(weak.behaviour.revisits).toBeGreaterThan(0.2)
    expect(compareEvaluations(weak, strong, { seed: 1 })).toMatchObject({ pairs: 40, onlyFirst: 0 })
    expect(compareEvaluations(weak, strong, { seed: 1 }).difference.low).toBeGreaterThan(0.2)
    expect(selectBest([weak, strong])).toBe(strong)
    const opened = environment.opened
    expect(await recordEvaluation(run, { ...common, policy: searchingPolicy('pi_10') })).toEqual(strong)
    expect(environment.opened).toBe(opened)
    expect((await run.readEvaluations()).map(({ policy }) => policy)).toEqual(['pi_2', 'pi_10'])
    await run.close()
  })

  it('does not finish with too many voids, and can then be resumed', async () => {
    let isDown = true
    const environment = createToyEnvironment({
      count: 40,
      disturb: ({ task }) => {
        if (isDown && task.id === 'valid/007') throw new Error('server down')
      },
    })
    const { run, panel } = await openToyRun(join(folder, 'c'), environment)
    const options = {
      environment,
      panel,
      policy: searchingPolicy('pi_0'),
      maxSteps: 8,
      seed: 7,
      retries: 0,
      inputs: {},
    }
    await expect(recordEvaluation(run, options)).rejects.toMatchObject({ code: 'ROLLOUT_TOO_MANY_VOIDS' })
    isDown = false
    expect(await recordEvaluation(run, options)).toMatchObject({ voids: 0, episodes: 40 })
    await run.close()
  })

  it('plays nothing on a panel whose games have changed', async () => {
    const { run, panel } = await openToyRun(join(folder, 'b'), createToyEnvironment({ count: 4 }))
    const changed = createToyEnvironment({ count: 4, boxes: 9 })
    await expect(
      recordEvaluation(run, { environment: changed, panel, policy: randomPolicy(), maxSteps: 8, seed: 7, inputs: {} }),
    ).rejects.toMatchObject({ code: 'PANEL_CHANGED' })
    expect(changed.opened).toBe(0)
    await run.close()
  })
})
