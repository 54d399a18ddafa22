import { expect, test } from 'vitest'
import { matchCandidate } from './match-candidate.ts'

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
  expect(matchCandidate(written, candidates)).toBe(meant)
})

test('without candidates anything goes', () => {
  expect(matchCandidate(' ls -l ', undefined)).toBe('ls -l')
})
