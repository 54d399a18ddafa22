import { describe, expect, it } from 'vitest'
import { overlapOfRows, scoreSql } from './reward.ts'

const rows = (text: string) => [...text].map((char) => `('${char}',)`)

describe('scoreSql', () => {
  it.each([
    ['abc', 'abc', 1],
    ['', '', 1],
    ['', 'a', 0],
    ['a', '', 0],
    ['a', 'a', 1],
    ['xyz', 'abc', 0],
    // Shares of a single common row are not rounded.
    ['ax', 'ay', 1 / 3],
    ['aaa', 'aab', 0.5],
    ['cba', 'abc', -1],
    ['abcx', 'abcd', 0.6],
    ['acb', 'abc', 0.33],
    ['abcdefg', 'abcdefgh', 0.88],
  ])('of %j for %j is %d', (agent, gold, reward) => expect(scoreSql(rows(agent), rows(gold))).toBeCloseTo(reward, 12))

  it('is 0 without rows', () => expect(scoreSql(undefined, [])).toBe(0))

  it('counts rows as often as they occur', () => {
    expect(overlapOfRows(rows('aab'), rows('abb'))).toBe(0.5)
    expect(scoreSql(rows('aab'), rows('aabb'))).toBe(0.75)
  })
})
