import { expect, it } from 'vitest'
import { completeLine } from './complete-line.ts'

const candidates = ['go to fridge 1', 'go to desk 1', 'look', 'take mug 1 from desk 1']

it('offers what begins with the line, ignoring case and leading spaces', () => {
  expect(completeLine('go', candidates)[0]).toEqual(['go to fridge 1', 'go to desk 1'])
  expect(completeLine('  Take', candidates)[0]).toEqual(['take mug 1 from desk 1'])
  expect(completeLine('', candidates)[0]).toEqual(candidates)
})

it('finds an action by a word inside it', () => {
  expect(completeLine('fridge', candidates)).toEqual([['go to fridge 1'], 'fridge'])
  expect(completeLine('mug desk', candidates)[0]).toEqual(['take mug 1 from desk 1'])
  expect(completeLine('desk mug', candidates)[0]).toEqual([])
})

it('completes word by word where there is much to choose from', () => {
  const many = Array.from({ length: 12 }, (_, index) => `go to drawer ${index}`)
  expect(completeLine('g', [...many, 'get up'])[0]).toEqual(['go ', 'get '])
  expect(completeLine('go to drawer 1', many)[0]).toEqual(['go to drawer 1', 'go to drawer 10', 'go to drawer 11'])
})
