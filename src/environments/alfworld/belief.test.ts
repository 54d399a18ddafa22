import { expect, test } from 'vitest'
import { decide } from './agent/decide.ts'
import { explain } from './agent/explain.ts'
import { systematicSearch } from './agent/search-rules.ts'
import { Belief } from './belief.ts'

const start = {
  observation: 'You are in the middle of a room. You see a fridge 1, a desk 2, and a desk 1.',
  candidates: ['go to desk 1', 'go to desk 2', 'go to fridge 1', 'look'],
}
const atDesk = {
  observation: 'You arrive at desk 1. On the desk 1, you see a pen 2, and a mug 1.',
  candidates: ['examine desk 1', 'go to desk 2', 'go to fridge 1', 'take mug 1 from desk 1', 'take pen 2 from desk 1'],
}
const atFridge = {
  observation: 'You arrive at fridge 1. The fridge 1 is closed.',
  candidates: ['examine fridge 1', 'go to desk 1', 'go to desk 2', 'open fridge 1'],
}

function beliefAtDesk(): Belief {
  const belief = new Belief('put a cool mug in desk.', start)
  belief.update('go to desk 1', atDesk)
  return belief
}

test('the listing gives the receptacles, a visit gives contents', () => {
  const belief = beliefAtDesk()
  expect(belief.receptacles).toEqual(['fridge 1', 'desk 2', 'desk 1'])
  expect(belief.here).toEqual(['desk 1'])
  expect([...belief.contents.get('desk 1')!]).toEqual(['pen 2', 'mug 1'])
  expect(belief.unseen()).toEqual(['fridge 1', 'desk 2'])
})

test('a closed receptacle stays unseen, whatever its sentence says', () => {
  const belief = beliefAtDesk()
  belief.update('go to fridge 1', atFridge)
  expect(belief.unseen()).toEqual(['fridge 1', 'desk 2'])
  expect(belief.isClosed('fridge 1')).toBe(true)
})

test('an impossible action changes nothing', () => {
  const belief = beliefAtDesk()
  belief.update('take mug 7 from desk 1', { ...atDesk, observation: 'Nothing happens.' })
  expect(belief.holding).toBeUndefined()
  expect([...belief.contents.get('desk 1')!]).toEqual(['pen 2', 'mug 1'])
})

test('the agent takes what it needs, treats it, and says why from its history', () => {
  const belief = beliefAtDesk()
  expect(decide(belief, systematicSearch)).toEqual({ kind: 'take', action: 'take mug 1 from desk 1' })
  expect(explain(belief, 'take mug 1 from desk 1')).toBe('I need a mug. I see mug 1 here.')
  belief.update('take mug 1 from desk 1', {
    observation: 'You take it.',
    candidates: ['go to fridge 1', 'move mug 1 to desk 1'],
  })
  expect(belief.holding).toBe('mug 1')
  expect(decide(belief, systematicSearch)).toEqual({ kind: 'appliance', action: 'go to fridge 1' })
  belief.update('go to fridge 1', { ...atFridge, candidates: ['cool mug 1 with fridge 1', ...atFridge.candidates] })
  expect(decide(belief, systematicSearch)).toEqual({ kind: 'treat', action: 'cool mug 1 with fridge 1' })
  belief.update('cool mug 1 with fridge 1', atFridge)
  expect(decide(belief, systematicSearch)).toEqual({ kind: 'goal', action: 'go to desk 2' })
})

test('what was seen elsewhere is gone back to', () => {
  const belief = beliefAtDesk()
  belief.update('go to fridge 1', atFridge)
  expect(decide(belief, systematicSearch)).toEqual({ kind: 'recall', action: 'go to desk 1' })
  expect(explain(belief, 'go to desk 1')).toBe('I need a mug. I see none here. I saw mug 1 at desk 1.')
})
