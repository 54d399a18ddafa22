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

test('an action of several lines stands between fences', () => {
  const program = 'def twice(x):\n    return 2 * x'
  expect(parseAnswer(`REASON:\nPlain.\nACTION:\n\`\`\`python\n${program}\n\`\`\`\nThat is all.`)).toEqual({
    reason: 'Plain.',
    action: program,
  })
  expect(parseAnswer('ACTION:\n```\nsubmit twice\n```').action).toBe('submit twice')
  expect(parseAnswer(`ACTION: \`\`\`\n${program}`).action).toBe(program)
  expect(parseAnswer('ACTION: ```ls```').action).toBe('```ls```')
})
