import { expect, it } from 'vitest'
import { PlacementPrior } from '../environments/alfworld/agent/placement-prior.ts'
import { informedSearch } from '../environments/alfworld/agent/search-rules.ts'
import { Belief } from '../environments/alfworld/belief.ts'
import { constrainedSearch } from './constrained-search.ts'

const unseen = ['shelf 1', 'bed 1', 'desk 1', 'desk 2', 'safe 1']
const belief = new Belief('put a pen in bed.', {
  observation: `You see a ${unseen.join(', a ')}.`,
  candidates: unseen.map((name) => `go to ${name}`),
})
// Pens: in 8 of 10 desks, 3 of 10 shelves, 1 of 10 beds, and all safes, which take two commands to look into.
const prior = PlacementPrior.fromJSON({
  receptacles: { desk: 10, shelf: 10, bed: 10, safe: 10 },
  holding: { 'pen@desk': 8, 'pen@shelf': 3, 'pen@bed': 1, 'pen@safe': 10 },
})
const search = (lambda: number, ...truth: string[]) =>
  constrainedSearch(prior, new Set(truth), lambda)(belief, unseen, 'pen')

it('with lambda 0 goes to the truth, however unlikely', () => {
  for (const truth of unseen) expect(search(0, truth)).toBe(truth)
})

it('with a large lambda does what the informed agent does; the truth decides only among equals', () => {
  expect(informedSearch(prior)(belief, unseen, 'pen')).toBe('desk 1')
  for (const truth of ['shelf 1', 'bed 1', 'safe 1']) expect(search(1000, truth)).toBe('desk 1')
  expect(search(1000, 'desk 2')).toBe('desk 2')
})

it('in between weighs one nat of truth against the odds', () => {
  // ln(8.02 / 3.02) = 0.98 is less than a nat, ln(8.02 / 1.02) = 2.06 is more.
  expect(search(1, 'shelf 1')).toBe('shelf 1')
  expect(search(1, 'bed 1')).toBe('desk 1')
  expect(search(0.4, 'bed 1')).toBe('bed 1')
  // A safe is as likely as a desk is once its door has been counted.
  expect(search(1, 'safe 1')).toBe('safe 1')
})

it('without a true place left falls back on the odds', () => {
  expect(search(1)).toBe('desk 1')
})
