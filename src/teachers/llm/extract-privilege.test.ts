import { describe, expect, it } from 'vitest'
import { openPrompts } from '../../policies/prompts/open-prompts.ts'
import { scriptedModel } from '../../policies/testing/scripted-model.ts'
import { createPrivilegeExtractor } from './extract-privilege.ts'
import { lostGame } from './testing/household.ts'

const prompts = openPrompts({ environment: 'alfworld' })
const answer = (actions: readonly string[]) =>
  JSON.stringify({
    task: 'Put a mug on the shelf.',
    essential_objects: [{ object: 'mug 1', place: 'cabinet 1' }],
    critical_locations: ['cabinet 1', 'shelf 1'],
    optimal_actions: actions,
  })

describe('reading a hidden state out of a log', () => {
  it('gives what a teacher can be shown, and what its corrections must not tell', async () => {
    const model = scriptedModel(() => `\`\`\`json\n${answer(['look', 'go to shelf 1'])}\n\`\`\``)
    const state = await createPrivilegeExtractor({ model, prompts })(lostGame, { seed: 1 })
    expect(state.text).toContain('- mug 1: in or on cabinet 1')
    expect(state.text).toContain('2. go to shelf 1')
    expect(state.secrets).toEqual(
      expect.arrayContaining(['mug 1', 'cabinet 1', 'mug 1 @ cabinet 1', 'shelf 1', 'go to shelf 1']),
    )
    expect(model.requests[0]!.messages[1]!.content).toContain('On the shelf 1 you see nothing.')
  })

  it('sends invented commands back once, then gives up', async () => {
    const answers = [answer(['fly']), answer(['look'])]
    const model = scriptedModel(() => answers.shift() ?? '{"task": "x"}')
    const extract = createPrivilegeExtractor({ model, prompts })
    expect((await extract(lostGame, { seed: 1 })).data.optimalActions).toEqual(['look'])
    expect(model.requests[1]!.messages.at(-1)!.content).toContain('"fly" is no command of the log')
    await expect(extract(lostGame, { seed: 1 })).rejects.toThrow(/EXTRACTION|essential_objects/)
  })
})
