import { expect, test } from 'vitest'
import { parseAnswer } from './parse-answer.ts'

test('reason and action are taken apart, whatever the case of the markers and the lines between them', () => {
  expect(parseAnswer(' I need a mug. ACTION: go to desk 1')).toEqual({
    reason: 'I need a mug.',
    action: 'go to desk 1',
  })
  expect(parseAnswer('REASON:\nI need a mug.\nAction:\ngo to desk 1\nmore')).toEqual({
    reason: 'I need a mug.',
    action: 'go to desk 1',
  })
})

test('an answer without a marker has no action', () => {
  expect(parseAnswer('I would go to desk 1')).toEqual({ reason: 'I would go to desk 1', action: '' })
})
