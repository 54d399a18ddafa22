import { expect, it } from 'vitest'
import { nearest } from './nearest.ts'

it('finds what a mistyped word meant, and nothing for a word of its own', () => {
  const names = ['systematic', 'informed', 'planner']
  expect(nearest('sytsematic', names)).toBe('systematic')
  expect(nearest('Planer', names)).toBe('planner')
  expect(nearest('checkpoint', names)).toBeUndefined()
  expect(nearest('', names)).toBeUndefined()
})
