import { expect, test } from 'vitest'
import { describeChecks } from './describe-checks.ts'

const correction = { trajectoryId: 't', step: 0, reason: 'r', action: 'a', isCorrected: true }

test('a sound correction needs no remark', () => {
  expect(describeChecks({ ...correction, checks: { available: true, leaks: [], mentions: [] } })).toEqual([])
})

test('what was found, what was said before, and why it is kept out are told', () => {
  const checks = { available: true, leaks: ['mug 1'], surprise: 3.456, justified: false, because: 'It cannot know.' }
  const rewritten = { cause: 'mention', reason: 'The plan says so.', action: 'look' }
  expect(describeChecks({ ...correction, checks, rewritten, dropped: 'leak' })).toEqual([
    'written again for mention; the first version: "The plan says so." look',
    'gives away what the student has not seen: "mug 1"',
    'a judge without privilege does not find it justified: It cannot know.',
    'surprise under the student 3.46 nats per token',
    'dropped: leak',
  ])
})
