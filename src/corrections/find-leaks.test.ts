import { describe, expect, it } from 'vitest'
import type { Step, Trajectory } from '../contracts/trajectory.ts'
import { findLeaks } from './find-leaks.ts'

const step = (observation: string, candidates: string[], action: string, admissible = true): Step => ({
  observation,
  candidates,
  reason: 'So.',
  action,
  score: 0,
  admissible,
})
const walks = ['go to cabinet 1', 'go to cabinet 3', 'go to desk 1', 'go to fridge 1']
/** The mug 1 lies in cabinet 3; a mug 2 is met at the desk at step 2. */
const trajectory: Trajectory = {
  id: 'rollout/train/1#0',
  task: { id: 'train/1', environment: 'toy', split: 'train', category: 'pick' },
  policy: 'pi_0',
  instruction: 'Your task is to: put a mug in fridge 1.',
  steps: [
    step('You see a cabinet 1, a cabinet 3, a desk 1, and a fridge 1.', walks, 'take mug 1 from cabinet 3', false),
    step('Nothing happens.', walks, 'go to desk 1'),
    step('On the desk 1, you see a mug 2, and a pen 1.', [...walks, 'take mug 2 from desk 1'], 'go to cabinet 3'),
    step('In the cabinet 3, you see a mug 1.', [...walks, 'take mug 1 from cabinet 3'], 'take mug 1 from cabinet 3'),
    step('You take the mug 1.', walks, 'go to desk 1'),
  ],
  finalObservation: 'On the desk 1, you see a mug 2.',
  score: 0,
  outcome: 'failure',
}
const secrets = ['mug 1', 'cabinet 3', 'mug 1 @ cabinet 3', 'take mug 1 from cabinet 3', 'key 9']
const at = (index: number, reason: string) => findLeaks(trajectory, index, reason, secrets)

describe('findLeaks: terms', () => {
  it('lets a reason name a place that is listed', () => {
    expect(at(0, 'I need a mug. I have not been at cabinet 3, so I go to cabinet 3.')).toEqual({ leaks: [], hints: [] })
  })

  it('catches an object that the student has not met', () => {
    expect(at(0, 'I need mug 1.').leaks).toEqual(['mug 1'])
    expect(at(4, 'I need the key 9.').leaks).toEqual(['key 9'])
  })

  it('lets it be named from the step on at which it is seen', () => {
    expect(at(3, 'I see mug 1 and take it.').leaks).toEqual([])
    expect(at(4, 'I carry mug 1.').leaks).toEqual([])
  })

  it('takes the own earlier action for seen, even a wild guess, but not the action of this step', () => {
    expect(at(1, 'I tried to get mug 1.').leaks).toEqual([])
    expect(at(0, 'I do this: take mug 1 from cabinet 3.').leaks).toEqual([
      'mug 1',
      'mug 1 @ cabinet 3',
      'take mug 1 from cabinet 3',
    ])
  })

  it('lets plan steps be named that need nothing unknown, unless they say where a thing is', () => {
    const plan = ['heat mug 2 with fridge 1', 'heat key 9 with fridge 1', 'take mug 2 from cabinet 3', 'open fridge 1']
    const told = (text: string) => findLeaks(trajectory, 2, `Next I ${text}.`, plan).leaks
    expect(told('heat mug 2 with fridge 1')).toEqual([])
    expect(told('open fridge 1')).toEqual([])
    expect(told('heat key 9 with fridge 1')).toEqual(['heat key 9 with fridge 1'])
    expect(told('take mug 2 from cabinet 3')).toEqual(['take mug 2 from cabinet 3'])
  })

  it('lets plan steps be named that are candidates', () => {
    expect(findLeaks(trajectory, 0, 'Now go to cabinet 3.', ['go to cabinet 3'])).toEqual({ leaks: [], hints: [] })
  })
})

describe('findLeaks: pairs', () => {
  it('catches the assertion that the hidden object is there, though both names are known', () => {
    expect(at(1, 'The mug is in cabinet 3, so I go there.').leaks).toEqual(['mug 1 @ cabinet 3'])
    expect(at(2, 'I need a mug. It is in cabinet 3.').leaks).toEqual(['mug 1 @ cabinet 3'])
  })

  it('takes a guess for a hint', () => {
    expect(at(1, 'Mugs are often in cabinets, so it may be that the mug is in cabinet 3.')).toEqual({
      leaks: [],
      hints: ['mug 1 @ cabinet 3'],
    })
  })

  it('finds nothing once the two were seen together', () => {
    expect(at(3, 'The mug is in cabinet 3, so I take it.')).toEqual({ leaks: [], hints: [] })
    expect(at(4, 'The mug 1 was in cabinet 3.')).toEqual({ leaks: [], hints: [] })
  })

  it('does not take a refused action, nor the instruction, for having seen them together', () => {
    expect(at(1, 'Mug 1 is in cabinet 3.').leaks).toEqual(['mug 1 @ cabinet 3'])
    expect(findLeaks(trajectory, 1, 'The mug is in fridge 1.', ['mug 1 @ fridge 1']).leaks).toEqual([
      'mug 1 @ fridge 1',
    ])
  })

  it('asks a statement without numbers only for knowledge without numbers', () => {
    // A mug (2) has been seen on the desk (1): "the mug is on the desk" is known, of mug 1 it is not.
    expect(findLeaks(trajectory, 2, 'The mug is on the desk.', ['mug 1 @ desk 1']).leaks).toEqual([])
    expect(findLeaks(trajectory, 2, 'Mug 1 is on the desk.', ['mug 1 @ desk 1']).leaks).toEqual(['mug 1 @ desk 1'])
  })

  it('reports a secret once', () => {
    expect(findLeaks(trajectory, 0, 'mug 1, mug 1', ['mug 1', 'mug 1']).leaks).toEqual(['mug 1'])
  })
})
