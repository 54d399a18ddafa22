import { expect, it } from 'vitest'
import { snapshotWeek } from './snapshot-week.ts'

const day = 24 * 60 * 60 * 1000

it('changes once a week for files that have an age, and never for others', () => {
  const start = 7 * day * 2900
  const weeks = Array.from({ length: 15 }, (_, index) => snapshotWeek({ name: 'a', age: 10 }, start + index * day))
  expect(weeks).toEqual([...Array(7).fill(2900), ...Array(7).fill(2901), 2902])
  expect(snapshotWeek({ name: 'a' }, start)).toBeUndefined()
})
