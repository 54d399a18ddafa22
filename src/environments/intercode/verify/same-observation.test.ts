import { expect, it } from 'vitest'
import type { RecordedTurn } from './recorded-log.ts'
import { isSameObservation, isWhole } from './same-observation.ts'

const turn = (observation: string, isCut: boolean): RecordedTurn => ({
  ...{ action: 'a', observation, reward: 0, isPlayed: true, isScored: true, isCut },
})

it('compares a text that a runner cut by its start, counted as Python counts', () => {
  const whole = `${'\u{1f600}'.repeat(349)}abc`
  const kept = `${'\u{1f600}'.repeat(349)}a`
  expect(isSameObservation(turn(kept, true), whole)).toBe(true)
  expect(isSameObservation(turn(kept, false), whole)).toBe(false)
  expect(isSameObservation(turn(kept, true), `${whole.slice(0, -3)}xbc`)).toBe(false)
  expect(isWhole(turn(kept, true))).toBe(false)
})

it('compares a list that a runner cut by its first rows', () => {
  const rows = (count: number) => `[${Array.from({ length: count }, (_, index) => `(${index},)`).join(', ')}]`
  expect(isSameObservation(turn(rows(25), true), rows(40), true)).toBe(true)
  expect(isSameObservation(turn(rows(24), true), rows(40), true)).toBe(false)
  expect(isSameObservation(turn(rows(25), false), rows(40), true)).toBe(false)
  expect([isWhole(turn(rows(24), true)), isWhole(turn(rows(25), true)), isWhole(turn(rows(30), false))]).toEqual([
    true,
    false,
    true,
  ])
})
