import { expect, test } from 'vitest'
import { readGoal } from './goal-text.ts'

const room = new Set(['cabinet', 'fridge', 'sidetable', 'garbagecan', 'diningtable', 'drawer'])

test.each([
  ['put a mug in cabinet.', { kind: 'place', object: 'mug', receptacle: 'cabinet' }],
  ['put some spraybottle on sidetable.', { kind: 'place', object: 'spraybottle', receptacle: 'sidetable' }],
  ['put a clean plate in fridge.', { kind: 'clean', object: 'plate', receptacle: 'fridge' }],
  ['clean some fork and put it in drawer.', { kind: 'clean', object: 'fork', receptacle: 'drawer' }],
  ['put a hot egg in garbagecan.', { kind: 'heat', object: 'egg', receptacle: 'garbagecan' }],
  ['heat some potato and put it in diningtable.', { kind: 'heat', object: 'potato', receptacle: 'diningtable' }],
  ['cool some pan and put it in cabinet.', { kind: 'cool', object: 'pan', receptacle: 'cabinet' }],
  ['put two remotecontrol in drawer.', { kind: 'two', object: 'remotecontrol', receptacle: 'drawer' }],
  ['find two pen and put them in garbagecan.', { kind: 'two', object: 'pen', receptacle: 'garbagecan' }],
  ['look at bowl under the desklamp.', { kind: 'look', object: 'bowl' }],
  ['examine the alarmclock with the desklamp.', { kind: 'look', object: 'alarmclock' }],
])('the official sentence "%s" is read', (sentence, goal) => {
  expect(readGoal(sentence, room)).toEqual(goal)
})
