import { describe, expect, it } from 'vitest'
import { findPrivilegePhrases } from './privilege-phrases.ts'

describe('findPrivilegePhrases', () => {
  it.each([
    ['According to the plan, I go to cabinet 3.', ['According to the plan']],
    ['The privileged state says so.', ['privileged']],
    ['The optimal action is to open it.', ['optimal action']],
    ['I was told that it is there.', ['I was told']],
    ['This is the ground truth of the hidden state.', ['hidden state', 'ground truth']],
  ])('finds: %s', (reason, phrases) => {
    expect(findPrivilegePhrases(reason)).toEqual(phrases)
  })

  it.each([
    'I plan to look in the cabinets first.',
    'The correct way to heat a mug is the microwave.',
    'The stated task asks for a mug.',
    'The solution is to visit every shelf.',
  ])('leaves alone: %s', (reason) => {
    expect(findPrivilegePhrases(reason)).toEqual([])
  })
})
