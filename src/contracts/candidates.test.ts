import { describe, expect, it } from 'vitest'
import { isCandidate, openingOf } from './candidates.ts'

describe('candidates that leave their argument to the agent', () => {
  it('are told by their placeholder, and actions with angle brackets are not', () => {
    expect(openingOf('search[<search query>]')).toBe('search[')
    for (const action of [
      'click[< prev]',
      'click[next >]',
      'click[item - a <b> c]',
      'go to desk 1',
      'search[red coat]',
    ])
      expect(openingOf(action)).toBeUndefined()
  })

  it('admit any words of the agent’s in the place of the placeholder, and not the placeholder itself', () => {
    const candidates = ['search[<search query>]', 'click[< prev]']
    expect(isCandidate('search[red wool coat]', candidates)).toBe(true)
    expect(isCandidate('click[< prev]', candidates)).toBe(true)
    for (const action of ['search[]', 'search[coat', 'search[<search query>]', 'click[coat]', ' search[coat]'])
      expect(isCandidate(action, candidates)).toBe(false)
  })
})
