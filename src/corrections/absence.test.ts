import { describe, expect, it } from 'vitest'
import type { Step, Trajectory } from '../contracts/trajectory.ts'
import { findAbsences } from './absence.ts'

const step = (observation: string, action: string): Step => ({
  ...{ observation, action, reason: 'So.', score: 0, admissible: true },
})
/** Cabinet 1 has been opened, drawer 1 is closed before the student, nothing else has been visited. */
const trajectory: Trajectory = {
  id: 'rollout/1#0',
  task: { id: '1', environment: 'toy', split: 'train', category: 'pick' },
  ...{ policy: 'pi_0', instruction: 'put a mug in fridge.', finalObservation: '', score: 0, outcome: 'failure' },
  steps: [
    step(
      'You see a cabinet 1, a cabinet 2, a cabinet 12, a drawer 1, a shelf 1, a shelf 2, and a fridge 1.',
      'go to cabinet 1',
    ),
    step('The cabinet 1 is closed.', 'open cabinet 1'),
    step('You open the cabinet 1. In it, you see nothing.', 'go to drawer 1'),
    step('The drawer 1 is closed.', 'open drawer 1'),
  ],
}
const at = (reason: string, index = 3) => findAbsences(trajectory, index, reason)

describe('findAbsences', () => {
  it.each<[string, string[]]>([
    ['Cabinet 2 is empty, so I skip it.', ['cabinet 2']],
    ['The second cabinet is empty.', ['cabinet 2']],
    ['There is no mug on the shelves, so I look elsewhere.', ['shelf']],
    ['The fridge does not contain the mug.', ['fridge']],
    ['Shelf 1 and shelf 2 are both empty.', ['shelf 1', 'shelf 2']],
    ['I skip drawer 1 because the mug is not in it.', ['drawer 1']],
    ['I leave the shelves out, since they hold nothing.', ['shelf']],
    ['Cabinet 12 has no mug either, and the fridge has none.', ['cabinet 12', 'fridge']],
  ])('finds what cannot be known: %s', (reason, places) => {
    expect(at(reason).sort()).toEqual(places.sort())
  })

  it.each([
    'Cabinet 1 is empty, so I look elsewhere.',
    'The mug is not in cabinet 1.',
    'The cabinets that I have opened hold no mug so far.',
    'If cabinet 2 is empty, I will try the fridge.',
    'I have not looked into cabinet 2.',
    'Cabinet 2 may be empty.',
    'Fridges rarely hold mugs, and the fridge is far.',
    'Is there no mug in the fridge?',
    'The fridge is not empty for all I know, so I open it.',
    'I have no mug, so I go to cabinet 2.',
    'Nothing is known about the mug yet.',
    'The desk 9 is empty.',
  ])('leaves alone: %s', (reason) => {
    expect(at(reason)).toEqual([])
  })

  it('takes a place for looked into from the step on at which its contents are seen', () => {
    expect(at('Cabinet 1 is empty.', 1)).toEqual(['cabinet 1'])
    expect(at('Cabinet 1 is empty.', 2)).toEqual([])
  })
})
