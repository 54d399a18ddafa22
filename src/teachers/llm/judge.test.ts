import { describe, expect, it } from 'vitest'
import { openPrompts } from '../../policies/prompts/open-prompts.ts'
import { scriptedModel } from '../../policies/testing/scripted-model.ts'
import { createBlindJudge, readJudgement } from './judge.ts'
import { lostGame } from './testing/household.ts'

describe('the blind judge', () => {
  it('sees what the student saw up to the step, and no hidden state', async () => {
    const model = scriptedModel(() => '{"justified": "no", "because": "It was told."}')
    const judge = createBlindJudge({ model, prompts: openPrompts({ environment: 'alfworld' }) })
    const correction = { step: 1, reason: 'The mug 1 is in cabinet 1.', action: 'go to cabinet 1' }
    expect(await judge(lostGame, correction, { seed: 1 })).toEqual({ justified: false, because: 'It was told.' })
    const text = model.requests[0]!.messages.map(({ content }) => content).join('\n')
    expect(text).toContain('Reason given: The mug 1 is in cabinet 1.')
    expect(text).toContain('Nothing new.')
    // The hidden state in its own words; the reason holds the rest of it.
    expect(text).not.toMatch(/Shortest way|On the shelf 1/)
  })

  it.each([
    ['{"justified": "yes", "because": "b"}', true],
    ['```json\n{"justified": true, "because": "b"}\n```', true],
    ["{'justified': False, 'because': 'b'}", false],
    ['Yes. It follows.', true],
    ['**No**, it does not.', false],
    ['Perhaps.', undefined],
    ['', undefined],
  ])('reads %j', (text, justified) => {
    expect(readJudgement(text).justified).toBe(justified)
  })
})
