import { describe, expect, it } from 'vitest'
import { openPrompts } from '../../policies/prompts/open-prompts.ts'
import { scriptedModel } from '../../policies/testing/scripted-model.ts'
import { cleanReason, createReasonLabeller } from './label-reasons.ts'
import { lostGame } from './testing/household.ts'

const prompts = openPrompts({ environment: 'alfworld' })
const demonstration = {
  ...lostGame,
  steps: lostGame.steps.map((step, i) => ({ ...step, reason: i === 1 ? 'Mine.' : '' })),
}

describe('labelling a demonstration', () => {
  it('asks about each step without a reason, and shows nothing that came after it', async () => {
    const model = scriptedModel(({ messages }) => `"Because I see ${messages[1]!.content.length} characters."`)
    const reasons = await createReasonLabeller({ model, prompts })(demonstration, { seed: 1 })
    expect(reasons).toHaveLength(3)
    expect(reasons[1]).toBe('Mine.')
    expect(model.requests).toHaveLength(2)
    const texts = model.requests.map(({ messages }) => messages.map(({ content }) => content).join('\n'))
    for (const later of ['Nothing new.', 'On the shelf 1', 'Mine.']) expect(texts[0]).not.toContain(later)
    expect(texts[1]).toContain('On the shelf 1')
    // Nor anything hidden.
    expect(texts.join()).not.toMatch(/mug 1|Shortest way/)
  })

  it('asks again once for a reason, then says that there is none', async () => {
    const answers = ['', 'I look around.', 'r', 'r']
    const model = scriptedModel(() => answers.shift() ?? '')
    const label = createReasonLabeller({ model, prompts })
    expect(await label(demonstration, { seed: 1 })).toEqual(['I look around.', 'Mine.', 'r'])
    expect(new Set(model.requests.slice(0, 2).map(({ seed }) => seed)).size).toBe(2)
    answers.length = 0
    await expect(label(demonstration, { seed: 1 })).rejects.toMatchObject({ code: 'LABEL_EMPTY' })
  })

  it.each([
    ['  I look.\n', 'I look.'],
    ['REASON: I look.\nACTION: look', 'I look.'],
    ['"I look."', 'I look.'],
    ['<think>hm</think>I\nlook.', 'I look.'],
    ['<think>never ending', ''],
  ])('cleans %j', (text, reason) => {
    expect(cleanReason(text)).toBe(reason)
  })
})
