import { describe, expect, it } from 'vitest'
import type { Domain } from '../contracts/domain.ts'
import { createToyEnvironment } from '../execution/testing/toy-environment.ts'
import { type ConfigInput, configSchema } from './config.ts'
import { describePlan } from './describe-plan.ts'
import { toySplits } from './testing/toy-splits.ts'

const base: ConfigInput = {
  name: 'toy',
  demonstrations: { games: 10, by: 'solution' },
  iterations: 2,
  rollouts: { games: 20 },
  training: {
    cloning: { updates: 10, tokensPerBatch: 1000, learningRate: 1 },
    iteration: { updates: 30, tokensPerBatch: 2000, learningRate: 1 },
  },
  evaluation: { games: 40, selectionGames: 60 },
}
const domainOf = (more: Partial<Domain> = {}): Domain => ({
  environment: toySplits({ train: 100, valid_seen: 100, valid_unseen: 50 }),
  explain: () => [],
  teacher: () => ({ name: 'toy', correct: async () => [] }),
  ...more,
})
const plan = (config: Partial<ConfigInput> = {}, domain = domainOf()) =>
  describePlan({ config: configSchema.parse({ ...base, ...config }), domain, games: 'toys', directory: 'runs/toy' })

describe('describePlan', () => {
  it('says what would be done, with counts', async () => {
    const text = await plan()
    expect(text).toMatch(/^toy, seed 1\ngames +toys\nrun directory +runs\/toy\n/)
    expect(text).toMatch(/^demonstrations +10 games by solution$/m)
    expect(text).toMatch(/^pi_0 +behaviour cloning, 10 updates$/m)
    for (const name of ['pi_1', 'pi_2'])
      expect(text).toMatch(new RegExp(`^${name} +roll-outs on 20 games, then 30 updates$`, 'm'))
    expect(text).toMatch(/^selection +60 games \([0-9a-f]{12}\), none of them reported$/m)
    // base, pi_0, pi_1, pi_2 and bc-more; the toy domain's teacher cannot demonstrate.
    expect(text).toMatch(/^panel seen +40 games \([0-9a-f]{12}\) for 5 students$/m)
    // 10 updates of 1,000 tokens, then four of 30 times 2,000: 10 + 120 updates, 0.25 M tokens.
    // Episodes: 2 * 20 rolled out, 3 * 60 for the selection, 5 * 80 judged.
    expect(text).toMatch(/^estimate +130 updates on 0.3 M tokens; students play 620 episodes, about 11,160 actions$/m)
  })

  it('counts the controls that will be trained', async () => {
    expect(await plan({ controls: false })).toMatch(/estimate +70 updates/)
    expect(await plan({ iterations: 0 })).toMatch(/estimate +10 updates/)
    const acting = domainOf({ teacherPolicy: () => ({ name: 't', act: async () => ({ reason: '', action: '' }) }) })
    expect(await plan({}, acting)).toMatch(/estimate +190 updates/)
    const fromBase = { ...base.training, iteration: { ...base.training.iteration, from: 'base' as const } }
    expect(await plan({ training: fromBase }, acting)).toMatch(/estimate +130 updates/)
  })

  it('says where the teacher acts, and which games are selected on and reported alike', async () => {
    const acting = domainOf({ teacherPolicy: () => ({ name: 't', act: async () => ({ reason: '', action: '' }) }) })
    const text = await plan(
      { rollouts: { games: 1, mix: [0.5, 0] }, evaluation: { games: 70, selectionGames: 80 } },
      acting,
    )
    expect(text).toMatch(/^pi_1 +roll-outs on 1 game, the teacher acting at 50 % of the steps, then/m)
    expect(text).toMatch(/^pi_2 +roll-outs on 1 game, then/m)
    expect(text).toMatch(/^selection +80 games \(.*\), 70 of them reported too$/m)
  })

  it('ends as the run would where the domain cannot do what is asked', async () => {
    await expect(plan({ demonstrations: { games: 1, by: 'oracle' } })).rejects.toMatchObject({
      code: 'DEMONSTRATOR_UNKNOWN',
    })
    await expect(plan({ demonstrations: { games: 999 } })).rejects.toMatchObject({ code: 'GAMES_TOO_FEW' })
    const environment = createToyEnvironment()
    await expect(plan({}, { ...domainOf(), environment })).rejects.toMatchObject({ code: 'SPLIT_UNKNOWN' })
  })
})
