import { expect, test } from 'vitest'
import { openPrompts } from './prompts/open-prompts.ts'
import { createReactPolicy } from './react.ts'
import { scriptedModel } from './testing/scripted-model.ts'

const request = {
  task: { id: 't', environment: 'alfworld', split: 'train', category: 'c' },
  instruction: 'put a pen in desk.',
  history: [{ observation: 'You see a desk 1.', reason: 'I begin here.', action: 'go to desk 1' }],
  observation: 'On the desk 1, you see a pen 1.',
  candidates: ['take pen 1 from desk 1', 'look'],
  session: 's',
  seed: 3,
}
const prompts = openPrompts({ environment: 'alfworld' })

test('thinks with its own earlier thoughts before it, and means a candidate however it spells it', async () => {
  const model = scriptedModel(() => 'REASON:\nThere is\na pen.\nACTION:\nTake pen 1 from desk 1.')
  const decision = await createReactPolicy({ name: 'react x', model, prompts }).act(request)
  expect(decision).toMatchObject({ reason: 'There is a pen.', action: 'take pen 1 from desk 1' })
  expect(decision.promptHash).toMatch(/^[0-9a-f]{16}$/)
  const [asked] = model.requests
  expect(asked).toMatchObject({ temperature: 0.3, seed: 3, session: 's' })
  expect(asked!.choice).toEqual({ after: 'ACTION:\n', options: request.candidates })
  expect(asked!.messages[0]!.content).toContain('Thought 1: I begin here.')
})

test('an answer without an action loses the turn', async () => {
  const model = scriptedModel(() => 'I would rather think.')
  expect(await createReactPolicy({ name: 'react x', model, prompts }).act(request)).toMatchObject({ action: '' })
})
