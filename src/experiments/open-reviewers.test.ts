import { describe, expect, it } from 'vitest'
import type { Correction } from '../contracts/correction.ts'
import type { ChatModel } from '../contracts/model.ts'
import { compactRenderer } from '../policies/prompts/compact.ts'
import { openPrompts } from '../policies/prompts/open-prompts.ts'
import { scriptedModel } from '../policies/testing/scripted-model.ts'
import { lostGame } from '../teachers/llm/testing/household.ts'
import { configSchema } from './config.ts'
import { openReviewers } from './open-reviewers.ts'
import type { Workshop } from './workshop.ts'

const shopWith = (checks: object, student: Partial<ChatModel>) => {
  const opened: string[] = []
  const shop = {
    config: configSchema.parse({
      name: 'x',
      demonstrations: { games: 1 },
      corrections: { checks },
      iterations: 1,
      rollouts: { games: 1 },
      training: { cloning: { updates: 1, learningRate: 1 }, iteration: { updates: 1, learningRate: 1 } },
    }),
    renderer: compactRenderer,
    prompts: openPrompts({ environment: 'alfworld' }),
    policies: {
      async openModel(name: string) {
        opened.push(name)
        return { model: { id: name, ...student }, hash: 'abc', close: async () => void opened.push('closed') }
      },
    },
    desk: {
      async model(spec: string, phase: string) {
        opened.push(`${spec} for ${phase}`)
        return scriptedModel(() => '{"justified": "no", "because": "b"}')
      },
    },
  } as unknown as Workshop
  return { shop, opened }
}
const correction: Correction = { trajectoryId: lostGame.id, step: 1, reason: 'r', action: 'look', isCorrected: true }

describe('opening the checks of a configuration', () => {
  it('asks nobody by default', async () => {
    const { shop, opened } = shopWith({}, {})
    const { reviewers, inputs } = await openReviewers(shop, 1)
    expect({ reviewers, inputs, opened }).toEqual({ reviewers: {}, inputs: {}, opened: [] })
  })

  it('measures surprise under the student that was rolled out, on the row that would be trained on', async () => {
    const scored: unknown[] = []
    const score: ChatModel['score'] = async (request) => {
      scored.push(request)
      return [-1, -3]
    }
    const { shop, opened } = shopWith({ surprise: 'keep' }, { score })
    const { reviewers, inputs, close } = await openReviewers(shop, 2)
    expect(await reviewers.surprise!(lostGame, correction)).toBe(2)
    expect(scored).toEqual([
      {
        messages: [{ role: 'user', content: expect.stringContaining('Nothing new.') }],
        completion: ' r ACTION: look\n',
      },
    ])
    expect(inputs).toEqual({ surprise: 'abc' })
    await close()
    expect(opened).toEqual(['pi_1', 'closed'])
  })

  it('refuses to measure it where the student cannot tell', async () => {
    const { shop, opened } = shopWith({ surprise: 'drop' }, {})
    await expect(openReviewers(shop, 1)).rejects.toMatchObject({ code: 'SURPRISE_UNAVAILABLE' })
    expect(opened).toEqual(['pi_0', 'closed'])
  })

  it('takes the judge by its name', async () => {
    const { shop, opened } = shopWith({ judge: 'drop', judgeModel: 'openai:judge' }, {})
    const { reviewers, inputs } = await openReviewers(shop, 3)
    expect(await reviewers.judge!(lostGame, correction, { seed: 1 })).toEqual({ justified: false, because: 'b' })
    expect(opened).toEqual(['openai:judge for judge-3'])
    expect(inputs).toMatchObject({ judge: { model: 'openai:judge' } })
  })
})
