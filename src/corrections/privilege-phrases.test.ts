import { describe, expect, it } from 'vitest'
import { findPrivilegePhrases } from './privilege-phrases.ts'

describe('findPrivilegePhrases', () => {
  it.each([
    ['According to the plan, I go to cabinet 3.', ['According to the plan']],
    ['The privileged state says so.', ['privileged']],
    ['The optimal action is to open it.', ['optimal action']],
    ['I was told that it is there.', ['I was told']],
    ['From the information that was provided to me, I leave.', ['information that was provided to me']],
    ['The plan that I was given goes on.', ['I was given', 'plan that I was given']],
    ['The optimal route is shorter.', ['optimal route']],
    ['I go to its true location.', ['true location']],
    ['This is the ground truth of the hidden state.', ['hidden state', 'ground truth']],
  ])('finds: %s', (reason, phrases) => {
    expect(findPrivilegePhrases(reason)).toEqual(phrases)
  })

  it.each([
    'I plan to look in the cabinets first.',
    'The correct way to heat a mug is the microwave.',
    'The stated task asks for a mug.',
    'The solution is to visit every shelf.',
    'The task that I was given asks for a mug.',
    'I want to know the contents of cabinet 3.',
    'My plan is to open every drawer.',
  ])('leaves alone: %s', (reason) => {
    expect(findPrivilegePhrases(reason)).toEqual([])
  })
})
