import { expect, test } from 'vitest'
import { matchAction } from './match-action.ts'

const candidates = ['go to desk 1', 'go to desk 12', 'look', 'search[<search query>]']

test.each([
  ['go to desk 1', 'go to desk 1'],
  ['Go to Desk 1.', 'go to desk 1'],
  ['"go to desk 12"', 'go to desk 12'],
  ['ACTION: look', 'look'],
  ['- look', 'look'],
  ['3. look', 'look'],
  ['`go  to desk 1`', 'go to desk 1'],
  ['search[red shoes]', 'search[red shoes]'],
  ['go to desk 2', 'go to desk 2'],
  ['  ', ''],
])('%j means %j', (written, meant) => {
  expect(matchAction(written, candidates)).toBe(meant)
})

test('without candidates anything goes', () => {
  expect(matchAction(' ls -l ', undefined)).toBe('ls -l')
})
